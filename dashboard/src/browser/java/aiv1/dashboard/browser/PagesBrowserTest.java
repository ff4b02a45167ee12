package aiv1.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.PageLab;
import aiv1.dashboard.PageResults;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesBrowserTest {
    private static final String MEASURED = "/experiments/" + PageLab.id(1);

    /// Each page and what its main heading says, when it is opened by its address alone.
    private static final List<Shown> SHOWN =
            List.of(
                    new Shown("/", "Overview"),
                    new Shown("/campaigns", "Campaigns"),
                    new Shown("/campaigns/" + PageLab.CAMPAIGN, PageLab.CAMPAIGN.value()),
                    new Shown("/experiments", "Experiments"),
                    new Shown("/experiments?state=failed&sort=oldest", "Experiments"),
                    new Shown(MEASURED, PageLab.id(1).value()),
                    new Shown(MEASURED + "?tab=code", PageLab.id(1).value()),
                    new Shown(MEASURED + "?tab=resources", PageLab.id(1).value()),
                    new Shown(MEASURED + "?tab=files", PageLab.id(1).value()),
                    new Shown("/experiments/" + PageLab.id(6), PageLab.id(6).value()),
                    new Shown("/compare?a=" + PageLab.id(0) + "&b=" + PageLab.id(1), "Compare"),
                    new Shown("/leaderboard", "Leaderboard"),
                    new Shown("/rd?experiment=" + PageLab.id(1), "RD curves"),
                    new Shown("/lineage", "Lineage"),
                    new Shown("/failures", "Failures"),
                    new Shown("/workers", "Workers"),
                    new Shown("/view?experiment=" + PageLab.id(1), "View"),
                    new Shown("/api", "API"));

    private Browser browser;
    private PageLab lab;

    private record Shown(String path, String heading) {}

    @BeforeAll
    void open(@TempDir Path home) {
        lab = new PageLab(home, 30);
        lab.add(PageResults.call(PageLab.CAMPAIGN, 0));
        browser = new Browser();
    }

    @AfterAll
    void close() {
        browser.close();
        lab.close();
    }

    @Test
    void every_address_opens_its_page() {
        Page page = browser.page();
        for (Shown one : SHOWN) {
            page.navigate(lab.url(one.path()));
            page.waitForSelector("h1");
            assertThat(page.textContent("h1")).as(one.path()).isEqualTo(one.heading());
            assertThat(page.title()).as(one.path()).endsWith("· AiV1");
        }
        page.navigate(lab.url("/experiments/nobody"));
        page.waitForSelector("[role=alert]");
        assertThat(page.textContent("[role=alert]")).contains("nobody");
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void every_page_is_accessible_in_both_themes(ColorScheme scheme) {
        Page page = browser.profile(scheme).newPage();
        for (Shown one : SHOWN) {
            page.navigate(lab.url(one.path()));
            page.waitForSelector("h1");
            page.waitForFunction(
                    "() => !document.querySelector('main').innerText.includes('Loading')");
            List<Rule> violations = new AxeBuilder(page).analyze().getViolations();
            assertThat(violations.stream().map(rule -> rule.getId() + rule.getNodes()).toList())
                    .as(one.path())
                    .isEmpty();
        }
    }

    @Test
    void the_keyboard_alone_leads_from_the_overview_to_a_comparison() {
        Page page = browser.page();
        page.navigate(lab.url("/"));
        page.waitForSelector(".counts");
        page.keyboard().press("g");
        page.keyboard().press("e");
        page.waitForSelector(".windowed tbody tr:not(.spacer) a");
        for (String key : List.of("j", "x", "j", "x")) {
            page.keyboard().press(key);
        }
        page.waitForFunction("() => document.querySelectorAll('tr.selected').length === 2");
        page.keyboard().press("c");
        page.waitForFunction("() => location.pathname === '/compare'");
        page.waitForFunction("() => document.querySelector('main').innerText.includes('B less A')");
        page.goBack();
        page.waitForSelector("tr.selected");
        page.keyboard().press("/");
        page.keyboard().type("0028");
        page.waitForFunction("() => location.search.includes('q=0028')");
        page.waitForFunction(
                "() => document.querySelectorAll('.windowed tbody tr:not(.spacer)').length === 1");
        page.keyboard().press("Escape");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        page.waitForFunction("() => location.pathname.endsWith('.0028')");
        page.keyboard().press("?");
        page.waitForSelector("[role=dialog]");
        page.keyboard().press("Escape");
        page.waitForFunction("() => !document.querySelector('[role=dialog]')");
        assertThat(browser.complaints()).isEmpty();
    }
}
