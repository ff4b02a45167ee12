package aiv1.cluster.temporal;

import static aiv1.cluster.temporal.ScriptedCluster.await;
import static aiv1.cluster.temporal.ScriptedCluster.begin;
import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cluster.Results;
import aiv1.cluster.SpotChecks;
import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Progress;
import aiv1.wire.ClusterReportJson;
import aiv1.wire.ClusterReportJson.Told;
import io.temporal.worker.WorkerFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The stages of an experiment at a real Temporal server: each is an activity of its own. The tests
/// of the profile `cluster`.
@Tag("cluster")
@Timeout(180)
class ClusterStagesTest {
    private static final String BUILD = "one";
    private static final Experiment EXPERIMENT = Results.experiment("e-1");

    @TempDir private Path folder;
    private ScriptedCluster lab;

    @BeforeEach
    void start() throws InterruptedException {
        lab = ScriptedCluster.start(folder.resolve("server"));
    }

    @AfterEach
    void stop() throws Exception {
        lab.stop();
    }

    @Test
    void what_screening_refuses_waits_for_no_slot_and_is_never_measured() throws Exception {
        CountDownLatch measuring = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        List<String> measured = Collections.synchronizedList(new ArrayList<>());
        lab.worker(
                "w",
                BUILD,
                all -> all.stream().map(ClusterStagesTest::refusingSecond).toList(),
                (experiment, progress) -> {
                    measured.add(experiment.id().value());
                    measuring.countDown();
                    await(released);
                    return lab.measured(experiment, BUILD);
                },
                "cpu");
        ClusterEvaluator evaluator = session();
        CompletableFuture<ExperimentResult> first = begin(evaluator, EXPERIMENT);
        await(measuring);
        ExperimentResult refused = evaluator.evaluate(Results.experiment("e-2"), Progress.NONE);
        assertThat(refused.outcomeLabel()).isEqualTo("crashed");
        assertThat(first).isNotDone();
        released.countDown();
        assertThat(first.get().isMeasured()).isTrue();
        assertThat(measured).containsExactly("e-1");
    }

    private static Optional<ExperimentResult> refusingSecond(Experiment experiment) {
        return experiment.equals(EXPERIMENT)
                ? Optional.empty()
                : Optional.of(
                        ScriptedCluster.by(BUILD, Results.crashed(experiment, Optional.empty())));
    }

    @Test
    void what_comes_while_a_worker_screens_is_screened_together() throws Exception {
        CountDownLatch screening = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        lab.worker(
                "w",
                BUILD,
                all -> {
                    batches.add(all.size());
                    screening.countDown();
                    await(released);
                    return ScriptedCluster.PASSING.screen(all);
                },
                (experiment, progress) -> lab.measured(experiment, BUILD),
                "cpu");
        ClusterEvaluator evaluator = session();
        List<CompletableFuture<ExperimentResult>> results = new ArrayList<>();
        for (String id : List.of("e-1", "e-2", "e-3", "e-4")) {
            Experiment experiment = Results.experiment(id);
            results.add(begin(evaluator, experiment));
            await(screening);
        }
        for (String id : List.of("e-2", "e-3", "e-4")) {
            lab.awaitClaim(id, ScreeningActivity.SCREEN);
        }
        while (lab.artifacts.findCount.get() < 4) {
            Thread.onSpinWait();
        }
        released.countDown();
        for (CompletableFuture<ExperimentResult> result : results) {
            assertThat(result.get().isMeasured()).isTrue();
        }
        assertThat(batches).first().isEqualTo(1);
        assertThat(batches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(4);
        assertThat(batches).hasSizeLessThan(4);
    }

    @Test
    void a_campaign_that_is_stopped_while_it_is_screened_is_never_measured() throws Exception {
        CountDownLatch screening = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger measured = new AtomicInteger();
        lab.worker(
                "w",
                BUILD,
                all -> {
                    screening.countDown();
                    await(released);
                    return ScriptedCluster.PASSING.screen(all);
                },
                (experiment, progress) -> {
                    measured.incrementAndGet();
                    return lab.measured(experiment, BUILD);
                },
                "cpu");
        ClusterEvaluator evaluator = session();
        CompletableFuture<ExperimentResult> result = new CompletableFuture<>();
        Thread campaign =
                Thread.ofPlatform()
                        .start(
                                () ->
                                        result.complete(
                                                evaluator.evaluate(EXPERIMENT, Progress.NONE)));
        await(screening);
        campaign.interrupt();
        assertThat(result.get().outcomeLabel()).isEqualTo("cancelled");
        released.countDown();
        assertThat(evaluator.evaluate(Results.experiment("e-2"), Progress.NONE).isMeasured())
                .isTrue();
        assertThat(measured).hasValue(1);
    }

    /// A worker measures no more at once than it has slots, whatever it is capable of; and what
    /// waits for one when it drains goes elsewhere.
    @Test
    void slots_are_counted_over_all_that_a_worker_is_capable_of() throws Exception {
        CountDownLatch measuring = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        List<String> begun = Collections.synchronizedList(new ArrayList<>());
        Evaluator holding =
                (experiment, progress) -> {
                    begun.add(experiment.id().value());
                    measuring.countDown();
                    await(released);
                    return lab.measured(experiment, BUILD);
                };
        ClusterWorker full =
                lab.worker("w", BUILD, ScriptedCluster.PASSING, holding, "cpu", "cuda");
        ClusterEvaluator cpu = session();
        ClusterEvaluator cuda =
                lab.session(BUILD, SpotChecks.NONE, clip -> Path.of("nowhere"), "cuda").evaluator();
        CompletableFuture<ExperimentResult> first = begin(cpu, EXPERIMENT);
        await(measuring);
        CompletableFuture<ExperimentResult> second = begin(cuda, Results.experiment("e-2"));
        lab.awaitClaim("e-2", MeasuringActivity.MEASURE);
        Evaluator free = (experiment, progress) -> lab.measured(experiment, BUILD);
        lab.worker("v", BUILD, ScriptedCluster.PASSING, free, "cuda");
        full.drain();
        assertThat(second.get().isMeasured()).isTrue();
        assertThat(first).isNotDone();
        released.countDown();
        assertThat(first.get().isMeasured()).isTrue();
        assertThat(begun).containsExactly("e-1");
    }

    @Test
    void the_labs_fault_in_screening_is_tried_again_and_is_no_second_attempt_to_measure()
            throws Exception {
        AtomicInteger count = new AtomicInteger();
        lab.worker(
                "w",
                BUILD,
                all -> {
                    if (count.incrementAndGet() == 1) {
                        throw new LabFaultException("scripted");
                    }
                    return ScriptedCluster.PASSING.screen(all);
                },
                (experiment, progress) -> lab.measured(experiment, BUILD),
                "cpu");
        ExperimentResult result = session().evaluate(EXPERIMENT, Progress.NONE);
        assertThat(result.isMeasured()).isTrue();
        assertThat(result.provenance().attempt()).isEqualTo(1);
        assertThat(count).hasValue(2);
    }

    /// What stands in no ticket or report of this experiment lets nothing pass.
    @Test
    void a_worker_that_answers_anything_else_is_refused() throws Exception {
        ArtifactId other = ArtifactId.of(new byte[] {7});
        Told passed = new Told.Passed();
        List<String> lies =
                List.of(
                        "",
                        "{}",
                        new ClusterReportJson(EXPERIMENT.id(), other, "liar", "passed", passed)
                                .write(),
                        new ClusterReportJson(
                                        EXPERIMENT.id(),
                                        other,
                                        "liar",
                                        "measured",
                                        new Told.Result(other))
                                .write());
        AtomicInteger count = new AtomicInteger();
        AtomicInteger measured = new AtomicInteger();
        try (Connection connection = new Connection(lab.access(), "liar")) {
            WorkerFactory factory = WorkerFactory.newInstance(connection.client());
            ScreeningActivity liar = ticket -> lies.get(count.getAndIncrement() % lies.size());
            factory.newWorker(Queues.screening(Queues.measuring(BUILD, "cpu")))
                    .registerActivitiesImplementations(liar);
            MeasuringActivity never =
                    ticket -> {
                        measured.incrementAndGet();
                        return "";
                    };
            factory.newWorker(Queues.measuring(BUILD, "cpu"))
                    .registerActivitiesImplementations(never);
            factory.start();
            ExperimentResult result = session().evaluate(EXPERIMENT, Progress.NONE);
            factory.shutdownNow();
            assertThat(result.outcomeLabel()).isEqualTo("lab_fault");
        }
        assertThat(count).hasValue(ClusterEvaluator.REFUSAL_COUNT_MAX);
        assertThat(measured).hasValue(0);
        assertThat(lab.heard.of("refused")).hasSize(ClusterEvaluator.REFUSAL_COUNT_MAX);
    }

    private ClusterEvaluator session() throws InterruptedException {
        return lab.session(BUILD, SpotChecks.NONE).evaluator();
    }
}
