package aiv1.campaign;

import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.Progress;

/// Hears how a campaign goes on: each experiment's start, its progress, and its end.
public interface CampaignListener extends Progress {
    /// Experiment number `index` (0-based) begins.
    void started(Experiment experiment, int index);

    /// A result was recorded; `isBest` when it is the best of the campaign so far.
    void finished(ExperimentResult result, boolean isBest);

    /// There is no proposal for the experiment, and the campaign ends here for now: the reason says
    /// why.
    void noProposal(ExperimentId id, String reason);

    /// The lab failed; the step will be tried again.
    void labFault(ExperimentId id, Failure failure);
}
