package aiv1.domain.campaign;

import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import java.util.List;
import java.util.Optional;

/// The seam to what is known: append-only. Thread-safe; what an append returned from survives a
/// crash.
///
/// Each thing is recorded once: a second append under the same id changes nothing and returns
/// false.
public interface Ledger extends AutoCloseable {
    boolean append(Campaign campaign);

    /// Records a proposal before it is evaluated, so that what was paid for is never lost.
    boolean append(CampaignId campaign, ExperimentId experiment, Proposal proposal);

    boolean append(ExperimentResult result);

    /// Records an answered question to a model; its prompt and reply are artifacts that were stored
    /// before. Named by experiment and attempt.
    boolean append(ModelCall call);

    /// The questions of a campaign that were answered, in the order in which they were recorded.
    List<ModelCall> modelCalls(CampaignId campaign);

    Optional<Campaign> findCampaign(CampaignId id);

    /// All campaigns, oldest first.
    List<Campaign> campaigns();

    Optional<Proposal> findProposal(ExperimentId id);

    Optional<ExperimentResult> find(ExperimentId id);

    /// The results of a campaign in the order in which they were appended.
    List<ExperimentResult> results(CampaignId campaign);

    /// All results, oldest first.
    List<ExperimentResult> results();

    @Override
    void close();
}
