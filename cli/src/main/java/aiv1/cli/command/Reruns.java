package aiv1.cli.command;

import aiv1.campaign.StopSignal;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RunOutcome;
import java.util.Optional;
import java.util.function.Consumer;

/// Measures again, behind a campaign, what was asked for on its page. A rerun belongs to no
/// campaign, so that it changes nothing of one.
record Reruns(
        Ledger ledger,
        Evaluator evaluator,
        PageListener page,
        StopSignal stop,
        Consumer<String> terminal) {
    /// One after the other, until no more is asked for, or a stop.
    void carryOut(CampaignControls controls) {
        Optional<CampaignControls.Rerun> next = controls.nextRerun();
        while (next.isPresent() && !stop.isRequested()) {
            carryOut(next.get().first(), next.get().again());
            next = controls.nextRerun();
        }
    }

    private void carryOut(ExperimentId firstId, ExperimentId again) {
        ExperimentResult first = ledger.find(firstId).orElseThrow();
        Experiment experiment =
                new Experiment(
                        again,
                        Optional.empty(),
                        first.experiment().proposal(),
                        first.experiment().clips(),
                        first.experiment().anchors(),
                        first.experiment().limitClass());
        page.board().begun(experiment);
        ExperimentResult result = evaluator.evaluate(experiment, page);
        boolean isOurs =
                result.stopper()
                        .filter(
                                stopper ->
                                        stopper instanceof RunOutcome.LabFault
                                                || stopper instanceof RunOutcome.Cancelled)
                        .isPresent();
        if (isOurs) {
            page.board().givenUp(again);
        } else {
            ledger.append(result);
            page.board().follow();
        }
        terminal.accept(
                "%s: %s%s".formatted(again, result.outcomeLabel(), isOurs ? "; not recorded" : ""));
    }
}
