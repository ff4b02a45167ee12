package aiv1.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Proposer;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A campaign that somebody holds, releases, and takes experiments out of while it runs.
@Timeout(60)
class SteeringTest {
    private static final Evaluator SCORING =
            (experiment, progress) -> Scripted.measured(experiment, Scripted.score(experiment));

    /// Held when number 3 begins: what runs by then is recorded, nothing else begins, and the
    /// campaign ends up as one that was never held.
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_held_campaign_records_what_runs_and_begins_nothing(int parallelCount) throws Exception {
        Campaign campaign = Scripted.campaign(9, parallelCount);
        MemoryLedger whole = new MemoryLedger();
        new CampaignLoop(
                        campaign,
                        new Scripted.ChainProposer(),
                        SCORING,
                        whole,
                        new Scripted.Silent(),
                        new StopSignal())
                .run();
        StopSignal stop = new StopSignal();
        Counting listener = new Counting(stop, 3, 4);
        MemoryLedger ledger = new MemoryLedger();
        CampaignLoop loop = loop(campaign, SCORING, ledger, listener, stop);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<CampaignEnd> end = threads.submit(loop::run);
            listener.recorded.await();
            assertThat(listener.begun).hasSize(4);
            assertThat(end.isDone()).isFalse();
            stop.release();
            assertThat(end.get()).isEqualTo(CampaignEnd.BUDGET_USED);
        }
        assertThat(ledger.results()).isEqualTo(whole.results());
        assertThat(loop.results()).isEqualTo(whole.results());
    }

    @Test
    void a_stop_ends_a_held_campaign() throws Exception {
        StopSignal stop = new StopSignal();
        Counting listener = new Counting(stop, 1, 2);
        MemoryLedger ledger = new MemoryLedger();
        CampaignLoop loop = loop(Scripted.campaign(9), SCORING, ledger, listener, stop);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<CampaignEnd> end = threads.submit(loop::run);
            listener.recorded.await();
            assertThat(stop.isHeld()).isTrue();
            stop.request();
            assertThat(end.get()).isEqualTo(CampaignEnd.STOPPED);
        }
        assertThat(stop.isHeld()).isFalse();
        assertThat(ledger.results()).hasSize(2);
    }

    /// It counts as an experiment that was cancelled; nothing is learnt from it.
    @Test
    void one_that_is_cancelled_is_recorded_as_that_and_the_campaign_goes_on() throws Exception {
        ExperimentId second = new ExperimentId("c-test.0001");
        CountDownLatch isRunning = new CountDownLatch(1);
        Evaluator stuck =
                (experiment, progress) -> {
                    if (!experiment.id().equals(second)) {
                        return SCORING.evaluate(experiment, progress);
                    }
                    try {
                        isRunning.countDown();
                        new CountDownLatch(1).await();
                        throw new AssertionError("expected an interrupt");
                    } catch (InterruptedException asked) {
                        Thread.currentThread().interrupt();
                        return Scripted.ended(experiment, cancelled());
                    }
                };
        List<Brief> briefs = new ArrayList<>();
        MemoryLedger ledger = new MemoryLedger();
        CampaignLoop loop =
                new CampaignLoop(
                        Scripted.campaign(4),
                        new Noting(briefs),
                        stuck,
                        ledger,
                        new Scripted.Silent(),
                        new StopSignal());
        assertThat(loop.cancel(second)).isFalse();
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<CampaignEnd> end = threads.submit(loop::run);
            isRunning.await();
            assertThat(loop.cancel(new ExperimentId("c-test.0003"))).isFalse();
            assertThat(loop.cancel(second)).isTrue();
            assertThat(end.get()).isEqualTo(CampaignEnd.BUDGET_USED);
        }
        assertThat(ledger.results())
                .extracting(ExperimentResult::outcomeLabel)
                .containsExactly("measured", "cancelled", "measured", "measured");
        Brief last = briefs.getLast();
        assertThat(last.history())
                .extracting(result -> result.experiment().id().value())
                .containsExactly("c-test.0000", "c-test.0002");
        assertThat(last.tried()).hasSize(3);
    }

    private static RunOutcome.NotMeasured cancelled() {
        return new RunOutcome.Cancelled(
                Failure.of(Stage.MEASURE, FailureCategory.CANCELLED, "stopped"));
    }

    private static CampaignLoop loop(
            Campaign campaign,
            Evaluator evaluator,
            MemoryLedger ledger,
            CampaignListener listener,
            StopSignal stop) {
        return new CampaignLoop(
                campaign, new Scripted.ChainProposer(), evaluator, ledger, listener, stop);
    }

    /// Remembers what each proposal was made from.
    private record Noting(List<Brief> briefs) implements Proposer {
        @Override
        public String name() {
            return "noting";
        }

        @Override
        public Proposal propose(Brief brief, List<ExperimentResult> parents) {
            briefs.add(brief);
            return new Scripted.ChainProposer().propose(brief, parents);
        }
    }

    /// Holds the campaign when experiment `holdAt` begins, and counts those that are recorded.
    private static final class Counting implements CampaignListener {
        private final StopSignal stop;
        private final int holdAt;
        private final List<Integer> begun = new ArrayList<>();
        private final CountDownLatch recorded;

        Counting(StopSignal stop, int holdAt, int recordedCount) {
            this.stop = stop;
            this.holdAt = holdAt;
            this.recorded = new CountDownLatch(recordedCount);
        }

        @Override
        public void started(Experiment experiment, int index) {
            begun.add(index);
            if (index == holdAt) {
                stop.hold();
            }
        }

        @Override
        public void finished(ExperimentResult result, boolean isBest) {
            recorded.countDown();
        }

        @Override
        public void noProposal(ExperimentId id, String reason) {}

        @Override
        public void labFault(ExperimentId id, Failure failure) {}

        @Override
        public void report(Progress.Event event) {}
    }
}
