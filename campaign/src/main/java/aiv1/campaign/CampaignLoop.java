package aiv1.campaign;

import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.campaign.NoProposalException;
import aiv1.domain.campaign.Proposer;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.RunOutcome;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/// The search itself: propose, evaluate, record, again, until the budget is used or somebody stops
/// it.
///
/// Theory of operation. Step `index` depends on the campaign's seed, the index and the results of
/// the steps that lie `parallelCount` before it and more, and on nothing else: not on who was
/// faster. So many steps are under way at once, in a window that slides: the first is waited for
/// and recorded, then the next begins. Experiment ids follow from campaign and index. So a campaign
/// that is killed anywhere goes on as if nothing had happened: results that are in the ledger are
/// read back, a proposal that was recorded but not evaluated is evaluated now, and recording is
/// idempotent. Two processes may even carry on one campaign: for each step the proposal and the
/// result that were recorded first count for both. A result that is the lab's own fault, or that
/// was cut short by a stop, is not recorded: its step is done again. One that somebody cancelled by
/// itself is recorded as that.
///
/// While it is held nothing begins. What runs is recorded when it ends but keeps its place in the
/// window, so that the next proposal knows what it would have known without the pause.
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
    private final Archive recorded;
    private final Deque<Step> underWay = new ConcurrentLinkedDeque<>();
    private int begun;
    private int faults;

    public CampaignLoop(
            Campaign campaign,
            Proposer proposer,
            Evaluator evaluator,
            Ledger ledger,
            CampaignListener listener,
            StopSignal stop) {
        this(campaign, proposer, evaluator, ledger, listener, stop, id -> false);
    }

    /// Results that `isFlagged` were recorded and are not believed any more: no proposal is made
    /// from them.
    public CampaignLoop(
            Campaign campaign,
            Proposer proposer,
            Evaluator evaluator,
            Ledger ledger,
            CampaignListener listener,
            StopSignal stop,
            Predicate<ExperimentId> isFlagged) {
        this.campaign = campaign;
        this.proposer = proposer;
        this.evaluator = evaluator;
        this.ledger = ledger;
        this.listener = listener;
        this.stop = stop;
        this.archive = new Archive(campaign.rankingAnchor(), isFlagged);
        this.recorded = new Archive(campaign.rankingAnchor(), isFlagged);
    }

    /// Runs to the end and says why it ended. Throws [LabFaultException] when the lab cannot go on.
    public CampaignEnd run() {
        ledger.append(campaign);
        ExecutorService threads = Executors.newFixedThreadPool(campaign.parallelCount());
        try {
            return run(threads);
        } finally {
            // Whatever still runs is of no use any more.
            threads.shutdownNow();
            threads.close();
        }
    }

    private CampaignEnd run(ExecutorService threads) {
        Optional<CampaignEnd> end = Optional.empty();
        while (true) {
            while (end.isEmpty()
                    && underWay.size() < campaign.parallelCount()
                    && begun < campaign.experimentCountMax()) {
                end = begin(threads);
            }
            if (underWay.isEmpty()) {
                return end.orElse(CampaignEnd.BUDGET_USED);
            }
            Step first = underWay.getFirst();
            ExperimentResult result = first.result();
            Optional<RunOutcome.NotMeasured> stopper = result.stopper();
            if (isCutShort(first, result)) {
                return CampaignEnd.STOPPED;
            }
            if (stopper.isPresent() && stopper.get() instanceof RunOutcome.LabFault fault) {
                listener.labFault(result.experiment().id(), fault.failure());
                requireFewFaults(result.experiment().id(), fault.failure());
                if (end.isPresent() || stop.isRequested()) {
                    return CampaignEnd.STOPPED;
                }
                first.start(threads);
                continue;
            }
            faults = 0;
            boolean wasRecorded = first.isRecorded();
            record(first, result);
            archive.add(first.result());
            underWay.removeFirst();
            if (!wasRecorded
                    && begun < campaign.experimentCountMax()
                    && end.isEmpty()
                    && !stop.pause(campaign.delay())) {
                end = Optional.of(CampaignEnd.STOPPED);
            }
        }
    }

    /// Begins the next step; why the campaign ends, if it does.
    private Optional<CampaignEnd> begin(ExecutorService threads) {
        ExperimentId id = campaign.id().experimentId(begun);
        Optional<ExperimentResult> known = ledger.find(id);
        if (known.isPresent()) {
            underWay.addLast(Step.recorded(known.get()));
            recorded.add(known.get());
            begun++;
            return Optional.empty();
        }
        if (stop.isHeld()) {
            settle();
            stop.awaitRelease();
        }
        if (stop.isRequested()) {
            return Optional.of(CampaignEnd.STOPPED);
        }
        Proposal proposal;
        try {
            proposal = ledger.findProposal(id).orElseGet(() -> propose(id));
        } catch (NoProposalException none) {
            return Optional.of(endWithout(id, none));
        }
        if (stop.isRequested()) {
            return Optional.of(CampaignEnd.STOPPED);
        }
        Experiment experiment =
                new Experiment(
                        id,
                        Optional.of(campaign.id()),
                        proposal,
                        campaign.clips(),
                        campaign.anchors(),
                        campaign.limitClass());
        listener.started(experiment, begun);
        Step step = Step.of(experiment, evaluator, listener);
        underWay.addLast(step);
        step.start(threads);
        begun++;
        return Optional.empty();
    }

    /// Waits for what is under way and records it, each at its place. Whatever was not carried out
    /// is seen to when its turn comes.
    private void settle() {
        for (Step step : underWay) {
            ExperimentResult result = step.result();
            boolean isFault =
                    result.stopper().filter(RunOutcome.LabFault.class::isInstance).isPresent();
            if (isFault || isCutShort(step, result)) {
                return;
            }
            record(step, result);
        }
    }

    /// By a stop of everything.
    private static boolean isCutShort(Step step, ExperimentResult result) {
        return !step.isRecorded()
                && !step.isCancelled()
                && result.stopper().filter(RunOutcome.Cancelled.class::isInstance).isPresent();
    }

    /// Whether an experiment is carried out now. May be called from any thread.
    public boolean isUnderWay(ExperimentId id) {
        return underWay.stream().anyMatch(step -> step.id().equals(id) && step.isUnderWay());
    }

    /// Stops an experiment that runs, which is then recorded as cancelled, and the campaign goes
    /// on; false when it does not run here. May be called from any thread.
    public boolean cancel(ExperimentId id) {
        return underWay.stream().anyMatch(step -> step.id().equals(id) && step.cancel());
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

    private void requireFewFaults(ExperimentId id, Failure last) {
        faults++;
        if (faults >= LAB_FAULT_COUNT_MAX) {
            throw new LabFaultException(
                    "%s: the lab failed %d times in a row, last: %s"
                            .formatted(id, faults, last.summary()));
        }
    }

    /// Asks until the proposal is new; the proposal is recorded before it is evaluated.
    private Proposal propose(ExperimentId id) {
        List<Proposal> others = underWay.stream().map(Step::proposal).toList();
        for (int attempt = 0; attempt < PROPOSAL_RETRY_COUNT_MAX; attempt++) {
            Turn turn = Turn.of(campaign, begun, attempt, archive, others);
            Proposal proposal =
                    stop.giveUpOnRequest(() -> proposer.propose(turn.brief(), turn.parents()));
            if (!turn.brief().tried().contains(proposal.candidate().id())) {
                // Somebody else who carries on the same campaign may have been faster.
                return ledger.append(campaign.id(), id, proposal)
                        ? proposal
                        : ledger.findProposal(id).orElse(proposal);
            }
        }
        throw new LabFaultException(
                "%s: %s proposed candidates that were tried before, %d times in a row"
                        .formatted(id, proposer.name(), PROPOSAL_RETRY_COUNT_MAX));
    }

    private void record(Step step, ExperimentResult result) {
        if (step.isRecorded()) {
            return;
        }
        Optional<ExperimentResult> before = recorded.best();
        // What was recorded first counts, whoever made it.
        ExperimentResult kept =
                ledger.append(result)
                        ? result
                        : ledger.find(result.experiment().id()).orElse(result);
        step.keep(kept);
        recorded.add(kept);
        boolean isBest = recorded.best().isPresent() && !recorded.best().equals(before);
        listener.finished(kept, isBest);
    }

    /// All results of the campaign so far, those of earlier sittings too.
    public List<ExperimentResult> results() {
        return archive.results();
    }
}
