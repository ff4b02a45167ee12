package aiv1.cli.command;

import aiv1.campaign.CampaignListener;
import aiv1.dashboard.board.Board;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;

/// Tells the page, beside the terminal, how the campaign goes on.
record PageListener(CampaignListener terminal, Board board) implements CampaignListener {
    @Override
    public void started(Experiment experiment, int index) {
        terminal.started(experiment, index);
        board.begun(experiment);
    }

    @Override
    public void finished(ExperimentResult result, boolean isBest) {
        terminal.finished(result, isBest);
        board.follow();
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
        terminal.report(event);
        board.report(event);
    }
}
