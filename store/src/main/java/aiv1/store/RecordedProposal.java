package aiv1.store;

import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import java.util.List;
import java.util.Optional;

/// A proposal with the experiment that it is for, measured or not.
public record RecordedProposal(
        ExperimentId experiment, Optional<CampaignId> campaign, Proposal proposal) {
    /// A ledger that lists its proposals.
    public interface Source {
        /// All of them, oldest first.
        List<RecordedProposal> proposals();
    }
}
