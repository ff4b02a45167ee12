package aiv1.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.PageLab;
import aiv1.dashboard.Pictures;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The player over two clips whose frames bear their own numbers (resources/.../README.md).
class PlayerBrowserTest {
    private static final List<Integer> SOUGHT = List.of(0, 1, 5, 29, 17, 2, 28, 11);
    private static final int PAINTED_COUNT = 60;

    /// The numbers that the painted pictures bear: of the left one and of the right one.
    private static final String READ =
            """
            () => {
              const canvas = document.querySelector('canvas');
              const context = canvas.getContext('2d');
              const scale = canvas.width / 2 / 96;
              const number = left => [0, 1, 2, 3, 4].reduce((sum, bit) => sum
                + (context.getImageData(left + Math.round((bit * 16 + 8) * scale), Math.round(8 * scale), 1, 1).data[0] > 125
                  ? 2 ** bit : 0), 0);
              return [number(0), number(canvas.width / 2)];
            }
            """;

    private static final String STATE = "[data-player-state]";
    private static final String KIND = "[data-player-kind]";
    private static final String IS_BLUE =
            """
            () => {
              const canvas = document.querySelector('canvas');
              const [r, g, b] = canvas.getContext('2d').getImageData(canvas.width / 4, canvas.height * 3 / 4, 1, 1).data;
              return r < 50 && g < 50 && b > 200;
            }
            """;

    /// R, G, B in the middle of a picture that takes the whole canvas.
    private static final String MIDDLE =
            """
            () => {
              const canvas = document.querySelector('canvas');
              return [...canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height * 3 / 4, 1, 1).data].slice(0, 3);
            }
            """;

    /// The number that such a picture bears.
    private static final String READ_ONE =
            """
            () => {
              const canvas = document.querySelector('canvas');
              const scale = canvas.width / 96;
              return [0, 1, 2, 3, 4].reduce((sum, bit) => sum
                + (canvas.getContext('2d').getImageData(Math.round((bit * 16 + 8) * scale), Math.round(8 * scale), 1, 1).data[0] > 125
                  ? 2 ** bit : 0), 0);
            }
            """;

    private Browser browser;
    private NumberedPictures pictures;
    private PageLab lab;
    private Page page;

    @BeforeEach
    void open(@TempDir Path home) {
        pictures = new NumberedPictures(home);
        lab = new PageLab(home, 3, pictures);
        browser = new Browser();
        page = browser.page();
    }

    @AfterEach
    void close() {
        browser.close();
        lab.close();
    }

    @Test
    void the_frame_that_is_sought_is_the_frame_that_is_shown() {
        look("side");
        waitForFrame(3);
        for (int frame : SOUGHT) {
            page.evaluate(
                    "frame => { const scrub = document.querySelector('.scrub'); scrub.value = frame;"
                            + " scrub.dispatchEvent(new Event('input', { bubbles: true })); }",
                    frame);
            waitForFrame(frame);
            assertThat(page.evaluate(READ)).as("frame %d", frame).isEqualTo(List.of(frame, frame));
        }
        page.keyboard().press(".");
        waitForFrame(12);
        assertThat(page.evaluate(READ)).isEqualTo(List.of(12, 12));
        page.waitForFunction("() => location.search.includes('frame=12')");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void only_pictures_of_one_frame_are_painted_together_while_it_plays() {
        look("side");
        waitForFrame(3);
        assertThat(page.textContent(KIND)).isEqualTo("lossless video");
        page.evaluate(
                "() => { const read = %s; window.seen = []; const canvas = document.querySelector('canvas');"
                                .formatted(READ)
                        + " new MutationObserver(() => window.seen.push(read()))"
                        + ".observe(canvas, { attributes: true, attributeFilter: ['data-painted'] }); }");
        page.click("[data-play]");
        page.waitForFunction("count => window.seen.length >= count", PAINTED_COUNT);
        List<?> seen = (List<?>) page.evaluate("() => window.seen");
        List<?> apart =
                seen.stream()
                        .map(List.class::cast)
                        .filter(pair -> !Objects.equals(pair.get(0), pair.get(1)))
                        .toList();
        System.out.printf("player: %d pairs painted, %d apart%n", seen.size(), apart.size());
        assertThat(apart).isEmpty();
    }

    @Test
    void a_video_that_is_being_made_is_waited_for_and_then_shown() {
        pictures.beComing(2);
        look("side");
        page.waitForFunction(
                "() => document.querySelector('[data-player-state]')?.textContent"
                        + ".startsWith('B: 2 others are made first')");
        waitForFrame(3);
        assertThat(page.evaluate(READ)).isEqualTo(List.of(3, 3));
        assertThat(page.textContent(STATE)).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    /// A proxy moves; what stands still is exact, and told from it by its blue ground.
    @Test
    void a_proxy_says_so_and_standing_frames_are_exact() {
        pictures.beProxies();
        look("side");
        waitForFrame(3);
        assertThat(page.textContent(KIND))
                .isEqualTo("proxy while it plays; exact PNG while it stands");
        assertThat(page.evaluate(READ)).isEqualTo(List.of(3, 3));
        assertThat(page.evaluate(IS_BLUE)).isEqualTo(true);
        page.click("[data-play]");
        page.waitForFunction("() => !(%s)()".formatted(IS_BLUE));
        page.click("[data-play]");
        page.waitForFunction(IS_BLUE);
    }

    @Test
    void a_browser_without_the_codec_shows_exact_frames_and_says_why() {
        page.addInitScript("HTMLMediaElement.prototype.canPlayType = () => '';");
        look("side");
        waitForFrame(3);
        assertThat(page.textContent(STATE))
                .contains("plays no VP9", "exact PNG frames are shown instead");
        assertThat(page.evaluate(IS_BLUE)).isEqualTo(true);
        page.click("[data-play]");
        waitForFrame(6);
    }

    @Test
    void what_cannot_be_had_is_said_with_what_can_be_done() {
        pictures.refuse(Pictures.Reason.GONE, "clip harbour: gone: import it again");
        look("side");
        page.waitForSelector(STATE + ".problem");
        assertThat(page.textContent(STATE)).contains("B: clip harbour: gone: import it again");
        assertThat(browser.complaints()).isEmpty();
    }

    /// The two clips differ in their grey alone, by 100 of 219 steps of luma: white in a
    /// difference of gain 8, while the numbers, which are equal, vanish.
    @Test
    void the_difference_shows_only_what_differs_and_keys_change_the_look() {
        look("diff");
        waitForFrame(3);
        assertThat(page.evaluate(MIDDLE)).isEqualTo(List.of(255, 255, 255));
        assertThat(page.evaluate(READ_ONE)).isEqualTo(0);
        page.keyboard().press("t");
        page.waitForFunction("() => document.querySelector('.side-name')?.textContent[0] === 'A'");
        Object a = page.evaluate(MIDDLE);
        page.keyboard().press("t");
        page.waitForFunction("() => document.querySelector('.side-name').textContent[0] === 'B'");
        assertThat(page.evaluate(MIDDLE)).isNotEqualTo(a);
        page.keyboard().press("s");
        page.waitForFunction("() => !location.search.includes('mode=')");
        page.keyboard().press("w");
        page.waitForFunction("() => /frame=[0-9]/.test(location.search)");
        page.keyboard().press("Space");
        page.waitForFunction(
                "() => document.querySelector('[data-play]').textContent === 'Pause'");
        assertThat(browser.complaints()).isEmpty();
    }

    private void look(String mode) {
        page.navigate(
                lab.url(
                        "/view?experiment=%s&clip=flower&quality=0&mode=%s&frame=3"
                                .formatted(PageLab.id(1), mode)));
    }

    private void waitForFrame(int frame) {
        page.waitForFunction(
                "frame => document.querySelector('canvas')?.dataset.frame === String(frame)",
                frame);
    }
}
