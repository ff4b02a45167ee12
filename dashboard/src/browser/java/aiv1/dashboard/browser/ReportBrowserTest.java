package aiv1.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.PageLab;
import aiv1.dashboard.PageResults;
import aiv1.dashboard.report.CampaignReport;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.store.FileArtifactStore;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportBrowserTest {
    @Test
    void a_report_opens_from_disk_without_a_network(@TempDir Path folder) throws IOException {
        List<ExperimentResult> results =
                IntStream.range(0, 7)
                        .mapToObj(
                                index ->
                                        PageResults.result(
                                                PageLab.CAMPAIGN,
                                                index,
                                                index == 0
                                                        ? PageResults.hostile()
                                                        : PageResults.proposal(index)))
                        .toList();
        CampaignReport report =
                new CampaignReport(
                        PageResults.campaign(PageLab.CAMPAIGN),
                        results,
                        results.stream().filter(ExperimentResult::isMeasured).toList(),
                        (anchor, clip) -> Optional.of(PageResults.anchor(anchor)),
                        FileArtifactStore.open(folder.resolve("artifacts")));
        Path file = folder.resolve("report.html");
        Files.writeString(file, report.html(PageResults.START));
        try (Browser browser = new Browser()) {
            BrowserContext profile = browser.profile(ColorScheme.LIGHT);
            profile.setOffline(true);
            Page page = profile.newPage();
            List<String> asked = new ArrayList<>();
            page.onRequest(request -> asked.add(request.url()));
            page.navigate(file.toUri().toString());
            assertThat(page.textContent("h1")).isEqualTo(PageLab.CAMPAIGN.value());
            assertThat(page.textContent(".v")).contains("6 measured, 1 not");
            assertThat(
                            (int)
                                    page.evaluate(
                                            "() => document.querySelectorAll('figure svg[role=img]').length"))
                    .isEqualTo(1);
            assertThat(page.textContent("main"))
                    .contains("onerror=\"window.hit=1\"", "def decode(bitstream)");
            assertThat(page.evaluate("() => window.hit ?? 'none'")).isEqualTo("none");
            assertThat(asked).containsExactly(file.toUri().toString());
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
