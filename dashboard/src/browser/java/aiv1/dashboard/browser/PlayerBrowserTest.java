package aiv1.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.PageLab;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The player over two clips whose frames bear their own numbers (resources/.../README.md).
class PlayerBrowserTest {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");
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

    private Browser browser;
    private PageLab lab;
    private Page page;

    @BeforeEach
    void open(@TempDir Path home) {
        lab = new PageLab(home, 3);
        browser = new Browser();
        page = browser.page();
        page.route("**/api/video/source/**", route -> serve(route, "numbered-a.mp4"));
        page.route("**/api/video/c-*/**", route -> serve(route, "numbered-b.mp4"));
        page.navigate(
                lab.url(
                        "/view?experiment=%s&clip=flower&quality=0&mode=side&frame=3"
                                .formatted(PageLab.id(1))));
        waitForFrame(3);
    }

    @AfterEach
    void close() {
        browser.close();
        lab.close();
    }

    @Test
    void the_frame_that_is_sought_is_the_frame_that_is_shown() {
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

    private void waitForFrame(int frame) {
        page.waitForFunction(
                "frame => document.querySelector('canvas')?.dataset.frame === String(frame)",
                frame);
    }

    private static void serve(Route route, String name) {
        byte[] all;
        try (InputStream in =
                Objects.requireNonNull(PlayerBrowserTest.class.getResourceAsStream(name), name)) {
            all = in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Matcher range = RANGE.matcher(route.request().headers().getOrDefault("range", ""));
        int from = range.matches() ? Integer.parseInt(range.group(1)) : 0;
        int to =
                range.matches() && !range.group(2).isEmpty()
                        ? Math.min(Integer.parseInt(range.group(2)), all.length - 1)
                        : all.length - 1;
        route.fulfill(
                new Route.FulfillOptions()
                        .setStatus(206)
                        .setContentType("video/mp4")
                        .setHeaders(
                                Map.of(
                                        "Accept-Ranges",
                                        "bytes",
                                        "Content-Range",
                                        "bytes %d-%d/%d".formatted(from, to, all.length)))
                        .setBodyBytes(Arrays.copyOfRange(all, from, to + 1)));
    }
}
