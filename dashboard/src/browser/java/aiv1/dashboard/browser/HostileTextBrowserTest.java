package aiv1.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.PageLab;
import aiv1.dashboard.PageResults;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileTextBrowserTest {
    @Test
    void what_candidates_and_models_write_is_shown_as_text(@TempDir Path home) {
        try (PageLab lab = new PageLab(home, 0);
                Browser browser = new Browser()) {
            lab.add(0, PageResults.hostile());
            lab.add(6, PageResults.hostile());
            Page page = browser.page();
            String measured = "/experiments/" + PageLab.id(0);
            String crashed = "/experiments/" + PageLab.id(6);
            for (String path :
                    List.of(
                            "/",
                            "/experiments",
                            measured,
                            measured + "?tab=code",
                            measured + "?tab=rationale",
                            crashed + "?tab=failure",
                            "/compare?a=" + PageLab.id(0) + "&b=" + PageLab.id(6),
                            "/leaderboard",
                            "/lineage",
                            "/failures")) {
                page.navigate(lab.url(path));
                page.waitForFunction(
                        "() => document.querySelector('main').textContent.includes('onerror=\"window.hit=1\"')");
                assertThat(page.evaluate("() => window.hit ?? 'none'")).as(path).isEqualTo("none");
                assertThat(
                                (int)
                                        page.evaluate(
                                                "document.querySelectorAll('main img, main script').length"))
                        .as(path)
                        .isZero();
            }
            String hash =
                    "/experiments?q=" + "%3Cimg%20src%3Dx%20onerror%3D%22window.hit%3D6%22%3E";
            page.navigate(lab.url(hash));
            page.waitForSelector("[data-search]");
            assertThat(page.inputValue("[data-search]")).contains("window.hit=6");
            assertThat(page.evaluate("() => window.hit ?? 'none'")).isEqualTo("none");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
