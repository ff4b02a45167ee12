package aiv1.cluster.temporal;

import static aiv1.cluster.temporal.ScriptedCluster.await;
import static aiv1.cluster.temporal.ScriptedCluster.begin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.cluster.Results;
import aiv1.cluster.SpotChecks;
import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
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

/// Experiments by way of a real Temporal server. The tests of the profile `cluster`.
@Tag("cluster")
@Timeout(180)
class ClusterEvaluatorTest {
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
    void a_result_comes_back_whole_and_its_events_are_heard_once() throws Exception {
        Progress.Event phase =
                new Progress.Event.Phase(EXPERIMENT.id(), "c", 0, Stage.ENCODE, 1, 2);
        ExperimentResult made = lab.measured(EXPERIMENT, BUILD);
        CountDownLatch heardPhase = new CountDownLatch(1);
        lab.worker(
                "w",
                BUILD,
                (experiment, progress) -> {
                    progress.report(phase);
                    await(heardPhase);
                    return made;
                });
        List<Progress.Event> heard = Collections.synchronizedList(new ArrayList<>());
        ExperimentResult result =
                session()
                        .evaluate(
                                EXPERIMENT,
                                event -> {
                                    heard.add(event);
                                    heardPhase.countDown();
                                });
        assertThat(result).isEqualTo(made);
        assertThat(heard)
                .containsExactly(
                        phase,
                        new Progress.Event.RunEnded(EXPERIMENT.id(), made.runs().getFirst()));
        assertThat(lab.heard.of("begun again")).isEmpty();
    }

    @Test
    void who_takes_an_experiment_back_stops_it_where_it_runs() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        lab.worker(
                "w",
                BUILD,
                (experiment, progress) -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException asked) {
                        stopped.countDown();
                    }
                    return faulty(experiment);
                });
        ClusterEvaluator evaluator = session();
        CompletableFuture<ExperimentResult> result = new CompletableFuture<>();
        Thread campaign =
                Thread.ofPlatform()
                        .start(
                                () ->
                                        result.complete(
                                                evaluator.evaluate(EXPERIMENT, Progress.NONE)));
        await(begun);
        campaign.interrupt();
        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(result.get().outcomeLabel()).isEqualTo("cancelled");
    }

    @Test
    void experiments_can_be_searched_at_the_server() throws Exception {
        lab.worker("w", BUILD, (experiment, progress) -> lab.measured(experiment, BUILD));
        ClusterEvaluator evaluator = session();
        evaluator.evaluate(EXPERIMENT, Progress.NONE);
        evaluator.evaluate(Results.experiment("e-2"), Progress.NONE);
        String candidate = EXPERIMENT.proposal().candidate().id().sha256();
        String query = "Aiv1Campaign='none' AND Aiv1Outcome='measured' AND Aiv1Candidate='%s'";
        // Lists lag behind what they list.
        String told = "";
        for (int i = 0; i < 100 && !told.equals("2"); i++) {
            told = lab.count(query.formatted(candidate));
        }
        assertThat(told).isEqualTo("2");
        assertThat(lab.count(query.formatted("other"))).isEqualTo("0");
        assertThat(lab.heard.of("server")).isEmpty();
    }

    @Test
    void a_store_that_takes_no_order_is_the_labs_fault_and_no_exception() throws Exception {
        lab.worker("w", BUILD, (experiment, progress) -> lab.measured(experiment, BUILD));
        ClusterEvaluator evaluator = session();
        lab.artifacts.isFull = true;
        ExperimentResult result = evaluator.evaluate(EXPERIMENT, Progress.NONE);
        assertThat(result.outcomeLabel()).isEqualTo("lab_fault");
        assertThat(result.stopper().orElseThrow().failure().summary()).contains("no room");
        lab.artifacts.isFull = false;
        assertThat(evaluator.evaluate(EXPERIMENT, Progress.NONE).isMeasured()).isTrue();
    }

    @Test
    void the_labs_fault_is_tried_again_and_the_attempts_are_counted() throws Exception {
        AtomicInteger count = new AtomicInteger();
        ExperimentResult made = lab.measured(EXPERIMENT, BUILD);
        lab.worker(
                "w",
                BUILD,
                (experiment, progress) -> count.incrementAndGet() == 1 ? faulty(experiment) : made);
        ExperimentResult result = session().evaluate(EXPERIMENT, Progress.NONE);
        assertThat(result.provenance()).isEqualTo(made.provenance().atAttempt(2));
        assertThat(result.runs()).isEqualTo(made.runs());
        assertThat(lab.heard.of("begun again")).containsExactly("begun again e-1 2");
    }

    @Test
    void a_candidates_failure_is_a_result_and_is_not_tried_again() throws Exception {
        AtomicInteger count = new AtomicInteger();
        lab.worker(
                "w",
                BUILD,
                (experiment, progress) -> {
                    count.incrementAndGet();
                    return ScriptedCluster.by(BUILD, Results.crashed(experiment, Optional.empty()));
                });
        assertThat(session().evaluate(EXPERIMENT, Progress.NONE).outcomeLabel())
                .isEqualTo("crashed");
        assertThat(count).hasValue(1);
    }

    @Test
    void a_campaign_that_is_started_anew_asks_for_nothing_twice() throws Exception {
        AtomicInteger count = new AtomicInteger();
        ExperimentResult made = lab.measured(EXPERIMENT, BUILD);
        lab.worker(
                "w",
                BUILD,
                (experiment, progress) -> {
                    count.incrementAndGet();
                    return made;
                });
        ClusterSession first = lab.session(BUILD, SpotChecks.NONE);
        assertThat(first.evaluator().evaluate(EXPERIMENT, Progress.NONE)).isEqualTo(made);
        first.close();
        assertThat(session().evaluate(EXPERIMENT, Progress.NONE)).isEqualTo(made);
        assertThat(count).hasValue(1);
    }

    @Test
    void a_worker_of_another_build_gets_nothing_and_both_builds_are_named() {
        lab.worker("stale", "two", (experiment, progress) -> lab.measured(experiment, "two"));
        assertThatThrownBy(this::session)
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining("expected a worker of build one")
                .hasMessageContaining("only stale, build two, process 1");
    }

    @Test
    void a_clip_that_a_worker_lacks_comes_in_pieces() throws Exception {
        Path file = folder.resolve("clip");
        byte[] content = new byte[2 * ClipParcels.PIECE_BYTES + 17];
        new Random(1).nextBytes(content);
        Files.write(file, content);
        lab.shelf.isEmpty = true;
        ExperimentResult made = lab.measured(EXPERIMENT, BUILD);
        lab.worker("w", BUILD, (experiment, progress) -> made);
        ClusterSession session = lab.session(BUILD, SpotChecks.NONE, clip -> file);
        assertThat(session.evaluator().evaluate(EXPERIMENT, Progress.NONE)).isEqualTo(made);
        assertThat(lab.shelf.taken).containsEntry("c", ArtifactId.of(content).sha256());
    }

    @Test
    void a_result_of_another_experiment_build_or_without_its_artifacts_is_refused()
            throws Exception {
        AtomicInteger count = new AtomicInteger();
        ExperimentResult made = lab.measured(EXPERIMENT, BUILD);
        byte[] unknown = {9};
        lab.worker(
                "w",
                BUILD,
                (experiment, progress) ->
                        switch (count.incrementAndGet()) {
                            case 1 -> lab.measured(Results.experiment("e-2"), BUILD);
                            case 2 -> lab.measured(experiment, "two");
                            case 3 ->
                                    ScriptedCluster.by(
                                            BUILD, Results.measured(experiment, unknown));
                            default -> made;
                        });
        assertThat(session().evaluate(EXPERIMENT, Progress.NONE)).isEqualTo(made);
        assertThat(lab.heard.of("refused"))
                .satisfiesExactly(
                        one -> assertThat(one).contains("the ordered experiment"),
                        two -> assertThat(two).contains("expected one, got two"),
                        three -> assertThat(three).contains("nothing of that name"));
    }

    @Test
    void a_worker_that_lies_is_not_believed_again() throws Exception {
        lab.worker("w", BUILD, (experiment, progress) -> lab.measured(experiment, BUILD));
        ClusterEvaluator evaluator =
                lab.session(
                                BUILD,
                                new SpotChecks(1, 1, Optional.of(result -> List.of("other bytes"))))
                        .evaluator();
        ExperimentResult result = evaluator.evaluate(EXPERIMENT, Progress.NONE);
        assertThat(result.outcomeLabel()).isEqualTo("lab_fault");
        assertThat(lab.heard.of("refused")).hasSize(ClusterEvaluator.REFUSAL_COUNT_MAX);
    }

    @Test
    void a_server_that_is_killed_and_comes_back_costs_time_and_nothing_else() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch back = new CountDownLatch(1);
        ExperimentResult made = lab.measured(EXPERIMENT, BUILD);
        lab.worker(
                "w",
                BUILD,
                (experiment, progress) -> {
                    begun.countDown();
                    await(back);
                    return made;
                });
        ClusterEvaluator evaluator = session();
        CompletableFuture<ExperimentResult> result = begin(evaluator, EXPERIMENT);
        await(begun);
        ProcessHandle server =
                ProcessHandle.of(lab.cluster.serverProcess().orElseThrow()).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
        back.countDown();
        ExperimentResult taken = result.get();
        assertThat(taken.runs()).isEqualTo(made.runs());
        assertThat(taken.outcomeLabel()).isEqualTo("measured");
    }

    private ClusterEvaluator session() throws InterruptedException {
        return lab.session(BUILD, SpotChecks.NONE).evaluator();
    }

    private static ExperimentResult faulty(Experiment experiment) {
        return new ExperimentResult(
                experiment,
                Optional.of(
                        new RunOutcome.LabFault(
                                Failure.of(Stage.MEASURE, FailureCategory.LAB_FAULT, "scripted"))),
                List.of(),
                List.of(),
                OptionalLong.empty(),
                ScriptedCluster.provenance(BUILD),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
