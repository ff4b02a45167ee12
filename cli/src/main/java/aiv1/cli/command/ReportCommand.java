package aiv1.cli.command;

import aiv1.campaign.Ranking;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.lab.Lab;
import aiv1.cli.lab.Page;
import aiv1.dashboard.report.CampaignReport;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = "Writes what a campaign found to one HTML file that stands by itself.",
        footer = {"", "Example:", "  aiv1 report c-20261123-081500 report.html"})
final class ReportCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();

    @Parameters(index = "0", paramLabel = "CAMPAIGN", description = "Its id.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        try (Lab lab = new Lab(global.configuration(Map.of()))) {
            Campaign campaign =
                    lab.ledger().findCampaign(new CampaignId(id)).orElseThrow(() -> unknown(lab));
            List<ExperimentResult> results = lab.ledger().results(campaign.id());
            List<ExperimentResult> ranked =
                    new Ranking(campaign.rankingAnchor(), lab.flags()::contains).rank(results);
            String html =
                    new CampaignReport(campaign, results, ranked, Page.curves(lab), lab.artifacts())
                            .html(Instant.now());
            Files.writeString(file, html);
            System.err.println("aiv1: wrote " + file);
            return ExitCode.DONE;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(file + ": could not be written", unwritable);
        }
    }

    private ConfigurationException unknown(Lab lab) {
        return new ConfigurationException(
                List.of(
                        "campaign: expected the id of a campaign of %s, got '%s'"
                                .formatted(lab.home(), id)));
    }
}
