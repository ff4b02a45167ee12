package aiv1.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.PageLab;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListBrowserTest {
    private static final int EXPERIMENT_COUNT = 5000;
    private static final int NODE_COUNT_MAX = 1500;
    private static final String ROW = ".windowed tbody tr:not(.spacer) a";

    private Browser browser;
    private PageLab lab;

    @BeforeAll
    void open(@TempDir Path home) {
        lab = new PageLab(home, EXPERIMENT_COUNT);
        browser = new Browser();
    }

    @AfterAll
    void close() {
        browser.close();
        lab.close();
    }

    @Test
    void five_thousand_rows_are_painted_with_few_nodes() {
        Page page = browser.page();
        page.navigate(lab.url("/experiments"));
        page.waitForSelector(ROW);
        page.waitForFunction(
                "() => document.querySelector('[role=tab]').textContent.includes('5,000')");
        int nodes = (int) page.evaluate("document.querySelectorAll('*').length");
        System.out.printf(
                "5,000 rows: first row painted after %s ms, %d nodes%n",
                page.evaluate("Math.round(performance.now())"), nodes);
        assertThat(nodes).isLessThan(NODE_COUNT_MAX);
        assertThat((int) page.evaluate("document.documentElement.scrollHeight"))
                .isGreaterThan(EXPERIMENT_COUNT * 30);
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
        page.waitForFunction("() => document.body.innerText.includes('.0000')");
        assertThat((int) page.evaluate("document.querySelectorAll('*').length"))
                .isLessThan(NODE_COUNT_MAX);
    }

    @Test
    void going_back_finds_the_place_that_was_left() {
        Page page = browser.page();
        page.navigate(lab.url("/experiments?sort=oldest"));
        page.waitForSelector(ROW);
        page.evaluate("scrollTo(0, 60000)");
        page.waitForFunction("() => document.body.innerText.includes('.2000')");
        int left = (int) page.evaluate("Math.round(scrollY)");
        page.evaluate(
                "[...document.querySelectorAll('.windowed tbody a')]"
                        + ".find(a => a.textContent.endsWith('.2000')).click()");
        page.waitForSelector("h1.mono");
        assertThat((int) page.evaluate("Math.round(scrollY)")).isZero();
        page.goBack();
        page.waitForFunction("wanted => Math.abs(scrollY - wanted) < 2", left);
        page.waitForFunction("() => document.body.innerText.includes('.2000')");
        page.reload();
        page.waitForFunction("wanted => Math.abs(scrollY - wanted) < 2", left);
    }

    @Test
    void rows_stay_under_the_cursor_when_new_ones_come() {
        Page page = browser.page();
        page.navigate(lab.url("/experiments"));
        page.waitForSelector(ROW);
        page.waitForSelector("[data-connection=live]");
        String first = page.textContent(ROW);
        lab.add(EXPERIMENT_COUNT);
        page.waitForSelector(".chip");
        assertThat(page.textContent(".chip")).isEqualTo("1 new");
        assertThat(page.textContent(ROW)).isEqualTo(first);
        page.click(".chip");
        page.waitForFunction(
                "selector => document.querySelector(selector).textContent.endsWith('.5000')", ROW);
        assertThat(browser.complaints()).isEmpty();
    }
}
