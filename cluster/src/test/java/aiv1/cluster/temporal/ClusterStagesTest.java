package aiv1.cluster.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cluster.Results;
import aiv1.cluster.SpotChecks;
import aiv1.cluster.temporal.ScriptedCluster.ScriptedStages;
import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.StagedEvaluator.Screening;
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
import java.util.concurrent.TimeUnit;
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
                new ScriptedStages(
                        all -> all.stream().map(this::refusingSecond).toList(),
                        (experiment, progress) -> {
                            measured.add(experiment.id().value());
                            measuring.countDown();
                            await(released);
                            return lab.measured(experiment, BUILD);
                        }));
        ClusterEvaluator evaluator = session();
        CompletableFuture<ExperimentResult> first =
                CompletableFuture.supplyAsync(() -> evaluator.evaluate(EXPERIMENT, Progress.NONE));
        await(measuring);
        ExperimentResult refused = evaluator.evaluate(Results.experiment("e-2"), Progress.NONE);
        assertThat(refused.outcomeLabel()).isEqualTo("crashed");
        assertThat(first).isNotDone();
        released.countDown();
        assertThat(first.get().isMeasured()).isTrue();
        assertThat(measured).containsExactly("e-1");
    }

    private Screening refusingSecond(Experiment experiment) {
        return experiment.equals(EXPERIMENT)
                ? new Screening.Passed(List.of())
                : new Screening.Refused(
                        ScriptedCluster.by(BUILD, Results.crashed(experiment, Optional.empty())));
    }

    @Test
    void the_remarks_of_one_worker_reach_the_one_that_measures() throws Exception {
        lab.worker(
                "w",
                BUILD,
                new ScriptedStages(
                        all ->
                                Collections.nCopies(
                                        all.size(), new Screening.Passed(List.of("odd"))),
                        (experiment, progress) -> lab.measured(experiment, BUILD)) {
                    @Override
                    public ExperimentResult evaluateScreened(
                            Experiment experiment, List<String> remarks, Progress progress) {
                        return remarks.equals(List.of("odd"))
                                ? lab.measured(experiment, BUILD)
                                : ScriptedCluster.by(
                                        BUILD, Results.crashed(experiment, Optional.empty()));
                    }
                });
        assertThat(session().evaluate(EXPERIMENT, Progress.NONE).outcomeLabel())
                .isEqualTo("measured");
    }

    @Test
    void the_labs_fault_in_screening_is_tried_again_and_is_no_second_attempt_to_measure()
            throws Exception {
        AtomicInteger count = new AtomicInteger();
        lab.worker(
                "w",
                BUILD,
                new ScriptedStages(
                        all -> {
                            if (count.incrementAndGet() == 1) {
                                throw new LabFaultException("scripted");
                            }
                            return Collections.nCopies(all.size(), new Screening.Passed(List.of()));
                        },
                        (experiment, progress) -> lab.measured(experiment, BUILD)));
        ExperimentResult result = session().evaluate(EXPERIMENT, Progress.NONE);
        assertThat(result.isMeasured()).isTrue();
        assertThat(result.provenance().attempt()).isEqualTo(1);
        assertThat(count).hasValue(2);
    }

    /// What stands in no ticket or report of this experiment lets nothing pass.
    @Test
    void a_worker_that_answers_anything_else_is_refused() throws Exception {
        ArtifactId other = ArtifactId.of(new byte[] {7});
        Told passed = new Told.Screened(List.of());
        List<String> lies =
                List.of(
                        "",
                        "{}",
                        new ClusterReportJson(EXPERIMENT.id(), other, "liar", "screened", passed)
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

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("expected it to happen, got nothing");
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
