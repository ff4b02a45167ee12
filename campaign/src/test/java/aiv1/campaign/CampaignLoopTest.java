package aiv1.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.NoProposalException;
import aiv1.domain.campaign.Proposer;
import aiv1.domain.campaign.Seeds;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignLoopTest {
    private static final Evaluator SCORING =
            (experiment, progress) -> Scripted.measured(experiment, Scripted.score(experiment));
    private static final Failure FAULT =
            Failure.of(Stage.MEASURE, FailureCategory.LAB_FAULT, "the disk is full");

    private final Scripted.Silent listener = new Scripted.Silent();

    /// Requirement 1: ten iterations, unattended.
    @Test
    void runs_until_the_budget_is_used_and_records_each_result_once() {
        MemoryLedger ledger = new MemoryLedger();
        CampaignEnd end = loop(Scripted.campaign(10), SCORING, ledger, new StopSignal()).run();
        assertThat(end).isEqualTo(CampaignEnd.BUDGET_USED);
        assertThat(ledger.results()).hasSize(10);
        assertThat(candidates(ledger)).doesNotHaveDuplicates();
    }

    /// Requirement 19: killed after any append, it goes on as if nothing had happened.
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_campaign_killed_anywhere_equals_an_uninterrupted_one(int parallelCount) {
        Campaign campaign = Scripted.campaign(8, parallelCount);
        MemoryLedger whole = new MemoryLedger();
        loop(campaign, SCORING, whole, new StopSignal()).run();
        for (int appends = 0; appends < 17; appends++) {
            MemoryLedger ledger = new MemoryLedger();
            ledger.dieAfter(appends);
            assertThatThrownBy(() -> loop(campaign, SCORING, ledger, new StopSignal()).run())
                    .isInstanceOf(MemoryLedger.Killed.class);
            ledger.dieAfter(Integer.MAX_VALUE);
            loop(campaign, SCORING, ledger, new StopSignal()).run();
            assertThat(ledger.results())
                    .as("killed after append %d", appends)
                    .isEqualTo(whole.results());
        }
    }

    /// Two processes on one campaign: what was recorded first counts for both.
    @Test
    void a_campaign_that_somebody_else_carries_on_too_takes_what_was_recorded_first() {
        Campaign campaign = Scripted.campaign(6, 2);
        MemoryLedger alone = new MemoryLedger();
        loop(campaign, SCORING, alone, new StopSignal()).run();
        MemoryLedger shared = new MemoryLedger();
        Proposer late =
                new Proposer() {
                    @Override
                    public String name() {
                        return "late";
                    }

                    @Override
                    public Proposal propose(Brief brief, List<ExperimentResult> parents) {
                        shared.append(
                                campaign.id(),
                                brief.experiment(),
                                new Scripted.ChainProposer().propose(brief, parents));
                        return Scripted.proposal("another idea " + brief.index(), parents);
                    }
                };
        Evaluator later =
                (experiment, progress) -> {
                    shared.append(SCORING.evaluate(experiment, progress));
                    return Scripted.ended(experiment, new RunOutcome.TimedOut(FAULT));
                };
        CampaignLoop loop =
                new CampaignLoop(campaign, late, later, shared, listener, new StopSignal());
        loop.run();
        assertThat(Set.copyOf(shared.results())).isEqualTo(Set.copyOf(alone.results()));
        assertThat(loop.results()).isEqualTo(alone.results());
    }

    /// What a proposal knows follows from its number, not from who was faster.
    @Test
    void side_by_side_the_fast_and_the_slow_give_the_same_campaign() {
        Campaign campaign = Scripted.campaign(12, 4);
        MemoryLedger quick = new MemoryLedger();
        loop(campaign, SCORING, quick, new StopSignal()).run();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier four = new CyclicBarrier(4);
        Evaluator together =
                (experiment, progress) -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    try {
                        if (experiment.id().value().compareTo("c-test.0004") < 0) {
                            four.await();
                        }
                    } catch (InterruptedException | BrokenBarrierException alone) {
                        throw new IllegalStateException(alone);
                    } finally {
                        running.decrementAndGet();
                    }
                    return SCORING.evaluate(experiment, progress);
                };
        MemoryLedger slow = new MemoryLedger();
        loop(campaign, together, slow, new StopSignal()).run();
        assertThat(slow.results()).isEqualTo(quick.results()).hasSize(12);
        assertThat(most).hasValue(4);
        assertThat(candidates(quick)).doesNotHaveDuplicates();
        MemoryLedger alone = new MemoryLedger();
        loop(Scripted.campaign(12), SCORING, alone, new StopSignal()).run();
        assertThat(candidates(alone)).isNotEqualTo(candidates(quick));
    }

    @Test
    void a_stop_lets_all_that_run_finish() {
        StopSignal stop = new StopSignal();
        Evaluator stopping =
                (experiment, progress) -> {
                    stop.request();
                    return SCORING.evaluate(experiment, progress);
                };
        MemoryLedger ledger = new MemoryLedger();
        CampaignEnd end = loop(Scripted.campaign(9, 3), stopping, ledger, stop).run();
        assertThat(end).isEqualTo(CampaignEnd.STOPPED);
        assertThat(ledger.results()).hasSizeBetween(1, 3);
        loop(Scripted.campaign(9, 3), SCORING, ledger, new StopSignal()).run();
        MemoryLedger whole = new MemoryLedger();
        loop(Scripted.campaign(9, 3), SCORING, whole, new StopSignal()).run();
        assertThat(ledger.results()).isEqualTo(whole.results());
    }

    /// A model's failure is no experiment: nothing is recorded, and the campaign can go on later.
    @Test
    void without_a_proposal_it_pauses_and_says_why() {
        MemoryLedger ledger = new MemoryLedger();
        for (NoProposalException.Kind kind : NoProposalException.Kind.values()) {
            Proposer none =
                    new Scripted.Refusing(
                            () -> {
                                throw new NoProposalException(kind, "no key");
                            });
            CampaignEnd end =
                    new CampaignLoop(
                                    Scripted.campaign(3),
                                    none,
                                    SCORING,
                                    ledger,
                                    listener,
                                    new StopSignal())
                            .run();
            assertThat(end)
                    .isEqualTo(
                            switch (kind) {
                                case UNAVAILABLE -> CampaignEnd.NO_PROPOSER;
                                case BUDGET_USED -> CampaignEnd.SPENT;
                                case INTERRUPTED -> CampaignEnd.STOPPED;
                            });
        }
        assertThat(ledger.results()).isEmpty();
        assertThat(listener.reasons()).containsExactly("no key", "no key");
        assertThat(loop(Scripted.campaign(3), SCORING, ledger, new StopSignal()).run())
                .isEqualTo(CampaignEnd.BUDGET_USED);
    }

    @Test
    void a_stop_gives_up_a_proposer_that_waits() {
        StopSignal stop = new StopSignal();
        MemoryLedger ledger = new MemoryLedger();
        Proposer waiting =
                new Scripted.Refusing(
                        () -> {
                            stop.request();
                            if (Thread.interrupted()) {
                                throw new NoProposalException(
                                        NoProposalException.Kind.INTERRUPTED, "stopped");
                            }
                            throw new AssertionError("the wait was not interrupted");
                        });
        CampaignEnd end =
                new CampaignLoop(Scripted.campaign(3), waiting, SCORING, ledger, listener, stop)
                        .run();
        assertThat(end).isEqualTo(CampaignEnd.STOPPED);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void a_stop_ends_it_after_the_experiment_that_runs() {
        MemoryLedger ledger = new MemoryLedger();
        StopSignal stop = new StopSignal();
        Evaluator stopping =
                (experiment, progress) -> {
                    stop.request();
                    return SCORING.evaluate(experiment, progress);
                };
        assertThat(loop(Scripted.campaign(5), stopping, ledger, stop).run())
                .isEqualTo(CampaignEnd.STOPPED);
        assertThat(ledger.results()).hasSize(1);
    }

    /// Requirement 15: what is the lab's fault is tried again and never recorded against a codec.
    @Test
    void a_lab_fault_is_tried_again_and_never_recorded() {
        MemoryLedger ledger = new MemoryLedger();
        AtomicInteger calls = new AtomicInteger();
        Evaluator flaky =
                (experiment, progress) ->
                        calls.incrementAndGet() % 2 == 1
                                ? Scripted.ended(experiment, new RunOutcome.LabFault(FAULT))
                                : SCORING.evaluate(experiment, progress);
        loop(Scripted.campaign(3), flaky, ledger, new StopSignal()).run();
        assertThat(ledger.results()).hasSize(3).allMatch(ExperimentResult::isMeasured);
        assertThat(listener.faults()).hasSize(3);
    }

    @Test
    void a_lab_that_keeps_failing_ends_the_campaign_with_the_reason() {
        Evaluator broken =
                (experiment, progress) ->
                        Scripted.ended(experiment, new RunOutcome.LabFault(FAULT));
        MemoryLedger ledger = new MemoryLedger();
        assertThatThrownBy(() -> loop(Scripted.campaign(3), broken, ledger, new StopSignal()).run())
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining("3 times")
                .hasMessageContaining("the disk is full");
        assertThat(ledger.results()).isEmpty();
    }

    @Test
    void a_failed_candidate_is_recorded_and_the_search_goes_on() {
        MemoryLedger ledger = new MemoryLedger();
        Failure crash = Failure.of(Stage.DECODE, FailureCategory.EXCEPTION, "boom");
        Evaluator crashing =
                (experiment, progress) -> Scripted.ended(experiment, new RunOutcome.Crashed(crash));
        loop(Scripted.campaign(4), crashing, ledger, new StopSignal()).run();
        assertThat(ledger.results()).hasSize(4).noneMatch(ExperimentResult::isMeasured);
    }

    @Test
    void a_proposer_that_repeats_itself_is_refused() {
        Proposer stuck =
                new Proposer() {
                    @Override
                    public String name() {
                        return "stuck";
                    }

                    @Override
                    public aiv1.domain.candidate.Proposal propose(
                            aiv1.domain.campaign.Brief brief, List<ExperimentResult> parents) {
                        return Scripted.proposal("always the same", List.of());
                    }
                };
        MemoryLedger ledger = new MemoryLedger();
        CampaignLoop loop =
                new CampaignLoop(
                        Scripted.campaign(3), stuck, SCORING, ledger, listener, new StopSignal());
        assertThatThrownBy(loop::run)
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining("stuck proposed candidates that were tried before");
        assertThat(ledger.results()).hasSize(1);
    }

    /// What a lying worker measured stays in the ledger, and leads nowhere.
    @Test
    void a_flagged_result_is_neither_best_nor_a_parent() {
        MemoryLedger ledger = new MemoryLedger();
        Campaign campaign = Scripted.campaign(3);
        loop(campaign, SCORING, ledger, new StopSignal()).run();
        Archive believing = new Archive(campaign.rankingAnchor(), id -> false);
        ledger.results().forEach(believing::add);
        ExperimentId best = believing.best().orElseThrow().experiment().id();
        Archive wary = new Archive(campaign.rankingAnchor(), best::equals);
        ledger.results().forEach(wary::add);
        assertThat(wary.results()).hasSize(3);
        assertThat(wary.believed()).hasSize(2);
        Turn next = Turn.next(campaign.withExperimentCountMax(4), ledger.results(), best::equals);
        assertThat(next.brief().history()).hasSize(2);
        assertThat(next.brief().tried()).hasSize(3);
        assertThat(wary.best().orElseThrow().experiment().id()).isNotEqualTo(best);
        assertThat(wary.parents(Seeds.generator(1)))
                .isNotEmpty()
                .noneMatch(parent -> parent.experiment().id().equals(best));
    }

    @Test
    void a_stop_ends_the_pause_between_experiments() {
        StopSignal stop = new StopSignal();
        stop.request();
        assertThat(stop.pause(Duration.ofDays(1))).isFalse();
    }

    private CampaignLoop loop(
            Campaign campaign, Evaluator evaluator, MemoryLedger ledger, StopSignal stop) {
        return new CampaignLoop(
                campaign, new Scripted.ChainProposer(), evaluator, ledger, listener, stop);
    }

    private static List<String> candidates(MemoryLedger ledger) {
        return ledger.results().stream()
                .map(result -> result.experiment().proposal().candidate().id().sha256())
                .toList();
    }
}
