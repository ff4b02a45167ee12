package aiv1.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.PageLab;
import aiv1.dashboard.PageResults;
import aiv1.dashboard.WorkerWatch;
import aiv1.domain.campaign.Mark;
import aiv1.domain.experiment.CampaignId;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileTextBrowserTest {
    private static final CampaignId HOSTILE_CAMPAIGN = new CampaignId("c-hostile");

    @Test
    void what_candidates_and_models_write_is_shown_as_text(@TempDir Path home) {
        try (PageLab lab = new PageLab(home, 0);
                Browser browser = new Browser()) {
            lab.add(0, PageResults.hostile());
            lab.add(6, PageResults.hostile());
            lab.add(PageResults.hostileCampaign(HOSTILE_CAMPAIGN));
            lab.board()
                    .mark(
                            new Mark(
                                    PageResults.START,
                                    "note",
                                    PageLab.id(0).value(),
                                    PageResults.HOSTILE,
                                    PageResults.HOSTILE,
                                    "a-note"));
            lab.board()
                    .mark(
                            new Mark(
                                    PageResults.START,
                                    Mark.FLAG,
                                    PageLab.id(6).value(),
                                    "lab",
                                    PageResults.HOSTILE,
                                    "a-flag"));
            lab.workers(
                    new WorkerWatch.Row(
                            "http://" + PageResults.HOSTILE,
                            PageResults.HOSTILE,
                            "lost",
                            PageResults.HOSTILE,
                            OptionalLong.empty(),
                            1,
                            List.of(PageResults.HOSTILE),
                            Optional.empty(),
                            Optional.empty(),
                            PageResults.HOSTILE));
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
                            "/workers",
                            "/campaigns",
                            "/campaigns/" + HOSTILE_CAMPAIGN,
                            "/?campaign=" + HOSTILE_CAMPAIGN,
                            "/campaigns/" + PageLab.CAMPAIGN,
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
