package aiv1.cli.command;

import aiv1.campaign.CampaignListener;
import aiv1.cli.lab.LiveFile;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;

/// Tells pages of other programs, beside the terminal, how the campaign goes on.
record LiveListener(CampaignListener terminal, LiveFile live) implements CampaignListener {
    @Override
    public void started(Experiment experiment, int index) {
        terminal.started(experiment, index);
        live.begun(experiment.id());
    }

    @Override
    public void finished(ExperimentResult result, boolean isBest) {
        live.ended(result.experiment().id());
        terminal.finished(result, isBest);
    }

    @Override
    public void noProposal(ExperimentId id, String reason) {
        terminal.noProposal(id, reason);
    }

    @Override
    public void labFault(ExperimentId id, Failure failure) {
        terminal.labFault(id, failure);
    }

    @Override
    public void report(Event event) {
        live.report(event);
        terminal.report(event);
    }
}
