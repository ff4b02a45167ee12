package aiv1.campaign;

import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.campaign.NoProposalException;
import aiv1.domain.campaign.Proposer;
import aiv1.domain.campaign.Seeds;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.RunOutcome;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The search itself: propose, evaluate, record, again, until the budget is used or somebody stops
/// it.
///
/// Theory of operation. Step `index` depends on the campaign's seed, the index and the results
/// before it, and on nothing else; experiment ids follow from campaign and index. So a campaign
/// that is killed anywhere goes on as if nothing had happened: results that are in the ledger are
/// read back, a proposal that was recorded but not evaluated is evaluated now, and recording is
/// idempotent. A result that is the lab's own fault, or that was cancelled, is not recorded: its
/// step is done again.
public final class CampaignLoop {
    static final int LAB_FAULT_COUNT_MAX = 3;
    static final int PROPOSAL_RETRY_COUNT_MAX = 3;

    private final Campaign campaign;
    private final Proposer proposer;
    private final Evaluator evaluator;
    private final Ledger ledger;
    private final CampaignListener listener;
    private final StopSignal stop;
    private final Archive archive;

    public CampaignLoop(
            Campaign campaign,
            Proposer proposer,
            Evaluator evaluator,
            Ledger ledger,
            CampaignListener listener,
            StopSignal stop) {
        this.campaign = campaign;
        this.proposer = proposer;
        this.evaluator = evaluator;
        this.ledger = ledger;
        this.listener = listener;
        this.stop = stop;
        this.archive = new Archive(new Ranking(campaign.rankingAnchor()));
    }

    /// Runs to the end and says why it ended. Throws [LabFaultException] when the lab cannot go on.
    public CampaignEnd run() {
        ledger.append(campaign);
        int faults = 0;
        int index = 0;
        while (index < campaign.experimentCountMax()) {
            ExperimentId id = campaign.id().experimentId(index);
            Optional<ExperimentResult> known = ledger.find(id);
            if (known.isPresent()) {
                archive.add(known.get());
                index++;
                continue;
            }
            if (stop.isRequested()) {
                return CampaignEnd.STOPPED;
            }
            Proposal proposal;
            try {
                proposal = proposal(id, index);
            } catch (NoProposalException none) {
                return endWithout(id, none);
            }
            if (stop.isRequested()) {
                return CampaignEnd.STOPPED;
            }
            ExperimentResult result = evaluate(id, index, proposal);
            Optional<RunOutcome.NotMeasured> stopper = result.stopper();
            if (stopper.isPresent() && stopper.get() instanceof RunOutcome.Cancelled) {
                return CampaignEnd.STOPPED;
            }
            if (stopper.isPresent() && stopper.get() instanceof RunOutcome.LabFault fault) {
                listener.labFault(id, fault.failure());
                faults = requireFewer(faults + 1, id, fault.failure());
                continue;
            }
            faults = 0;
            index++;
            record(result);
            if (index < campaign.experimentCountMax() && !stop.pause(campaign.delay())) {
                return CampaignEnd.STOPPED;
            }
        }
        return CampaignEnd.BUDGET_USED;
    }

    private CampaignEnd endWithout(ExperimentId id, NoProposalException none) {
        return switch (none.kind()) {
            case UNAVAILABLE -> {
                listener.noProposal(id, none.reason());
                yield CampaignEnd.NO_PROPOSER;
            }
            case BUDGET_USED -> {
                listener.noProposal(id, none.reason());
                yield CampaignEnd.SPENT;
            }
            case INTERRUPTED -> CampaignEnd.STOPPED;
        };
    }

    private static int requireFewer(int faults, ExperimentId id, Failure last) {
        if (faults >= LAB_FAULT_COUNT_MAX) {
            throw new LabFaultException(
                    "%s: the lab failed %d times in a row, last: %s"
                            .formatted(id, faults, last.summary()));
        }
        return faults;
    }

    private Proposal proposal(ExperimentId id, int index) {
        return ledger.findProposal(id).orElseGet(() -> propose(id, index));
    }

    private ExperimentResult evaluate(ExperimentId id, int index, Proposal proposal) {
        Experiment experiment =
                new Experiment(
                        id,
                        Optional.of(campaign.id()),
                        proposal,
                        campaign.clips(),
                        campaign.anchors(),
                        campaign.limitClass());
        listener.started(experiment, index);
        return evaluator.evaluate(experiment, listener);
    }

    /// Asks until the proposal is new; the proposal is recorded before it is evaluated.
    private Proposal propose(ExperimentId id, int index) {
        List<ExperimentResult> parents = archive.parents(chance(campaign, index));
        for (int attempt = 0; attempt < PROPOSAL_RETRY_COUNT_MAX; attempt++) {
            Brief brief = campaign.brief(index, attempt, archive.results());
            Proposal proposal = stop.giveUpOnRequest(() -> proposer.propose(brief, parents));
            if (!brief.tried().contains(proposal.candidate().id())) {
                ledger.append(campaign.id(), id, proposal);
                return proposal;
            }
        }
        throw new LabFaultException(
                "%s: %s proposed candidates that were tried before, %d times in a row"
                        .formatted(id, proposer.name(), PROPOSAL_RETRY_COUNT_MAX));
    }

    private void record(ExperimentResult result) {
        Optional<ExperimentResult> before = archive.best();
        ledger.append(result);
        archive.add(result);
        boolean isBest = archive.best().isPresent() && !archive.best().equals(before);
        listener.finished(result, isBest);
    }

    /// All results of the campaign so far, those of earlier sittings too.
    public List<ExperimentResult> results() {
        return archive.results();
    }

    /// The parents that the next proposal of a campaign with these results is made from.
    public static List<ExperimentResult> nextParents(
            Campaign campaign, List<ExperimentResult> results) {
        Archive archive = new Archive(new Ranking(campaign.rankingAnchor()));
        results.forEach(archive::add);
        return archive.parents(chance(campaign, results.size()));
    }

    private static RandomGenerator chance(Campaign campaign, int index) {
        return Seeds.generator(Seeds.at(campaign.seed(), index));
    }
}
