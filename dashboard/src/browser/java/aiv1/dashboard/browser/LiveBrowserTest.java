package aiv1.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.PageLab;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveBrowserTest {
    private static final int TAB_COUNT = 8;
    private static final String SET_VISIBILITY =
            "state => { Object.defineProperty(document, 'visibilityState',"
                    + " { value: state, configurable: true });"
                    + " document.dispatchEvent(new Event('visibilitychange')); }";

    private Browser browser;
    private PageLab lab;

    @BeforeEach
    void open(@TempDir Path home) {
        lab = new PageLab(home, 5);
        browser = new Browser();
    }

    @AfterEach
    void close() {
        browser.close();
        lab.close();
    }

    /// A browser opens six connections to one host: with a stream for each tab the seventh hangs.
    @Test
    void eight_tabs_are_live_at_once_and_all_hear() {
        BrowserContext profile = browser.profile(ColorScheme.LIGHT);
        for (int tab = 0; tab < TAB_COUNT; tab++) {
            Page page = profile.newPage();
            page.navigate(lab.url("/"));
            page.waitForSelector(".counts");
            page.waitForSelector("[data-connection=live]");
        }
        lab.add(5);
        for (Page page : profile.pages()) {
            page.waitForFunction(
                    "() => document.querySelector('.counts').innerText.replace(/\\s+/g, ' ').includes('6 successful')");
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_hidden_tab_lets_go_of_the_stream_and_hears_later_what_it_missed() {
        Page page = browser.page();
        page.navigate(lab.url("/experiments"));
        page.waitForSelector("[data-connection=live]");
        lab.add(5);
        page.waitForSelector(".chip");
        page.evaluate(SET_VISIBILITY, "hidden");
        page.waitForSelector("[data-connection=paused]");
        IntStream.of(7, 8).forEach(lab::add);
        page.evaluate(SET_VISIBILITY, "visible");
        page.waitForSelector("[data-connection=live]");
        page.waitForFunction("() => document.querySelector('.chip')?.textContent === '3 new'");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_server_that_comes_back_is_found_again() {
        Page page = browser.page();
        page.navigate(lab.url("/"));
        page.waitForSelector("[data-connection=live]");
        lab.restart();
        lab.add(5);
        page.waitForSelector("[data-connection=live]");
        page.waitForFunction(
                "() => document.querySelector('.counts').innerText.replace(/\\s+/g, ' ').includes('6 successful')");
    }
}
