package aiv1.cli.command;

import aiv1.cli.lab.Lab;
import aiv1.domain.experiment.ExperimentResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--campaign ID`: the results of one campaign, else all.
final class CampaignOption {
    @Option(names = "--campaign", paramLabel = "ID", description = "Only those of one campaign.")
    private @Nullable String campaign;

    /// Oldest first.
    List<ExperimentResult> results(Lab lab) {
        return campaign == null
                ? lab.ledger().results()
                : lab.ledger().results(lab.campaign(campaign, "--campaign").id());
    }
}
