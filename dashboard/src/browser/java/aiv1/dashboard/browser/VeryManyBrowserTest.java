package aiv1.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page over a home that somebody else serves, such as one that `aiv1 bench dashboard --folder`
/// filled: `-Daiv1.page=http://127.0.0.1:8090`. How soon it paints is printed for people to read.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "aiv1.page", matches = "http://.*[^/]")
class VeryManyBrowserTest {
    private static final int NODE_COUNT_MAX = 4000;
    private static final int ROUND_COUNT = 5;

    private Browser browser;

    @BeforeAll
    void open() {
        browser = new Browser();
    }

    @AfterAll
    void close() {
        browser.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/,.counts .figure",
        "/experiments,.windowed tbody tr:not(.spacer) a",
        "/leaderboard,tbody tr a"
    })
    void it_paints_what_was_asked_for_with_few_nodes(String path, String what) {
        for (int round = 0; round < ROUND_COUNT; round++) {
            Page page = browser.page();
            page.navigate(System.getProperty("aiv1.page") + path);
            page.waitForSelector(what);
            System.out.printf(
                    "%s: first paint after %s ms, first content after %s ms, %s nodes%n",
                    path,
                    page.evaluate(
                            "Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1)"),
                    page.evaluate("Math.round(performance.now())"),
                    page.evaluate("document.querySelectorAll('*').length"));
            assertThat((int) page.evaluate("document.querySelectorAll('*').length"))
                    .isLessThan(NODE_COUNT_MAX);
            page.context().close();
        }
        assertThat(browser.complaints()).isEmpty();
    }
}
