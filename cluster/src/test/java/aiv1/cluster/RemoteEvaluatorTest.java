package aiv1.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Provenance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Requirements 8, 10, 14, 15, 35: what workers do wrong, each told apart, none of it held against
/// a codec.
@Timeout(120)
class RemoteEvaluatorTest {
    private static final ArtifactStore NO_ARTIFACTS =
            new ArtifactStore() {
                @Override
                public ArtifactId put(byte[] bytes) {
                    return ArtifactId.of(bytes);
                }

                @Override
                public Optional<byte[]> find(ArtifactId id) {
                    return Optional.empty();
                }
            };

    private final Experiment experiment = Results.experiment("one");
    private final ExperimentResult crashed = Results.crashed(experiment, Optional.empty());
    private final List<Progress.Event> heard = new ArrayList<>();
    private Patience patience = new Patience(Duration.ofMillis(50));
    private StubWorker first;
    private StubWorker second;

    @BeforeEach
    void start() throws IOException {
        first = new StubWorker(crashed);
        second = new StubWorker(crashed);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @Test
    void an_experiment_is_ordered_watched_and_its_result_taken() {
        assertThat(evaluate(List.of(first.place()))).isEqualTo(crashed);
        assertThat(heard).hasSize(1);
        assertThat(first.requests)
                .containsSubsequence(
                        "POST /clips",
                        "POST /experiment",
                        "GET /experiments/one/events",
                        "GET /experiments/one");
    }

    @Test
    void a_worker_that_forgot_is_asked_again() {
        first.result404Once = "yes";
        assertThat(evaluate(List.of(first.place()))).isEqualTo(crashed);
        assertThat(first.requests.stream().filter("POST /experiment"::equals)).hasSize(2);
    }

    @Test
    void garbage_from_one_worker_sends_the_experiment_to_the_next() {
        first.resultText = "{\"experiment\": {\"schema\": \"experiment/1\"}}";
        assertThat(evaluate(List.of(first.place(), second.place()))).isEqualTo(crashed);
        assertThat(second.requests).contains("GET /experiments/one");
    }

    /// Its health is good, and its experiments stand still: the next one gets the work.
    @Test
    void a_worker_that_hangs_in_mid_experiment_costs_time_and_nothing_else() {
        first.isHangingInExperiments = true;
        assertThat(evaluateQuickly()).isEqualTo(crashed);
        assertThat(second.requests).contains("GET /experiments/one");
    }

    @Test
    void a_worker_whose_answer_never_ends_is_given_up_in_time() {
        first.isDripping = true;
        assertThat(evaluateQuickly()).isEqualTo(crashed);
        assertThat(second.requests).contains("GET /experiments/one");
    }

    /// It answers whatever it is asked, and its experiment never goes on.
    @Test
    void an_experiment_that_stands_still_is_given_to_another() {
        first.isStandingStill = true;
        patience = new Patience(Duration.ofMillis(50), any -> Duration.ZERO);
        assertThat(evaluate(List.of(first.place(), second.place()))).isEqualTo(crashed);
        assertThat(first.requests).doesNotContain("GET /experiments/one");
        assertThat(second.requests).contains("GET /experiments/one");
    }

    private ExperimentResult evaluateQuickly() {
        Timing quick =
                new Timing(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(60));
        List<WorkerSource> sources =
                List.of(new WorkerSource.Url(first.place()), new WorkerSource.Url(second.place()));
        try (Workers workers =
                new Workers(
                        sources,
                        WorkerAccess.NONE,
                        StubWorker.DEMAND,
                        WorkersListener.NONE,
                        Resolver.SYSTEM,
                        quick)) {
            workers.preflight();
            return evaluator(workers).evaluate(experiment, heard::add);
        }
    }

    /// One that says it measured something, and gives other bytes than it names.
    @Test
    void bytes_that_do_not_bear_their_name_are_not_believed() throws IOException {
        ExperimentResult lying =
                Results.crashed(experiment, Optional.of(ArtifactId.of(new byte[] {1, 2, 3})));
        try (StubWorker liar = new StubWorker(lying)) {
            ExperimentResult result = evaluate(List.of(liar.place()));
            assertThat(reason(result)).contains("has other bytes than its name says");
        }
    }

    /// What the build left is fetched like everything else that a result names.
    @Test
    void the_archive_of_a_build_is_fetched_and_must_bear_its_name() throws IOException {
        byte[] right = "other bytes".getBytes(StandardCharsets.UTF_8);
        List<ArtifactId> kept = new ArrayList<>();
        ArtifactStore artifacts =
                new ArtifactStore() {
                    @Override
                    public ArtifactId put(byte[] bytes) {
                        kept.add(ArtifactId.of(bytes));
                        return kept.getLast();
                    }

                    @Override
                    public Optional<byte[]> find(ArtifactId id) {
                        return Optional.empty();
                    }
                };
        try (StubWorker worker = new StubWorker(Results.built(experiment, right));
                Workers workers = workers(List.of(worker.place()))) {
            workers.preflight();
            evaluator(workers, artifacts).evaluate(experiment, heard::add);
        }
        assertThat(kept).containsExactly(ArtifactId.of(right));
        try (StubWorker liar = new StubWorker(Results.built(experiment, new byte[] {1, 2}))) {
            assertThat(reason(evaluate(List.of(liar.place()))))
                    .contains("has other bytes than its name says");
        }
    }

    @Test
    void a_result_of_another_experiment_is_not_taken() throws IOException {
        try (StubWorker mixedUp =
                new StubWorker(Results.crashed(Results.experiment("two"), Optional.empty()))) {
            ExperimentResult result = evaluate(List.of(mixedUp.place()));
            assertThat(result.outcomeLabel()).isEqualTo("lab_fault");
            assertThat(reason(result)).contains("its result is of another experiment than one");
        }
    }

    /// Requirement 35: its health was right, and it was started anew since.
    @Test
    void a_result_of_another_build_is_not_taken() throws IOException {
        Provenance old = new Provenance("0.0.9+old", "m", "B", "f", "p", "n", "w");
        try (StubWorker stale =
                new StubWorker(
                        new ExperimentResult(
                                experiment,
                                crashed.verdict(),
                                List.of(),
                                List.of(),
                                crashed.decoderBytes(),
                                old,
                                Instant.EPOCH,
                                Instant.EPOCH))) {
            assertThat(reason(evaluate(List.of(stale.place()))))
                    .contains("expected a result of build b, got one of 0.0.9+old");
        }
    }

    @Test
    void without_a_worker_the_lab_is_at_fault_and_says_why() {
        first.close();
        ExperimentResult result = evaluate(List.of(first.place()));
        assertThat(result.outcomeLabel()).isEqualTo("lab_fault");
        assertThat(reason(result)).contains(first.place() + ": connection refused");
    }

    @Test
    void an_interrupt_cancels_on_both_sides() throws InterruptedException {
        first.isHanging = false;
        Workers workers = workers(List.of(first.place()));
        workers.preflight();
        first.isHanging = true;
        List<ExperimentResult> results = new ArrayList<>();
        Thread thread =
                Thread.ofPlatform()
                        .start(
                                () ->
                                        results.add(
                                                evaluator(workers)
                                                        .evaluate(experiment, heard::add)));
        while (!first.requests.contains("POST /clips")) {
            Thread.onSpinWait();
        }
        first.isHanging = false;
        thread.interrupt();
        thread.join();
        workers.close();
        assertThat(results.getFirst().outcomeLabel()).isEqualTo("cancelled");
        assertThat(first.requests).contains("DELETE /experiments/one");
    }

    @Test
    void each_thing_that_is_wrong_at_the_start_has_its_own_name() {
        assertThat(trouble(URI.create("http://nowhere.invalid:8080")))
                .isEqualTo(Trouble.NO_SUCH_HOST);
        first.build = "0.0.9+old";
        assertThat(trouble(first.place())).isEqualTo(Trouble.WRONG_BUILD);
        first.build = StubWorker.BUILD;
        first.now = Instant.now().minus(Duration.ofHours(1));
        assertThat(trouble(first.place())).isEqualTo(Trouble.WRONG_CLOCK);
        first.now = Instant.now();
        first.isDraining = true;
        assertThat(trouble(first.place())).isEqualTo(Trouble.BUSY);
        first.health = "<html>welcome</html>";
        assertThat(trouble(first.place())).isEqualTo(Trouble.NOT_A_WORKER);
        first.health = "{\"service\": \"other\"}";
        assertThat(trouble(first.place())).isEqualTo(Trouble.NOT_A_WORKER);
        first.statusOfAll = 404;
        assertThat(trouble(first.place())).isEqualTo(Trouble.NOT_A_WORKER);
        first.statusOfAll = 401;
        assertThat(trouble(first.place())).isEqualTo(Trouble.TOKEN_REFUSED);
        first.statusOfAll = 0;
        first.health = "";
        first.isDraining = false;
        first.diskFreeBytes = 1L << 20;
        assertThat(trouble(first.place())).isEqualTo(Trouble.DISK_FULL);
        first.diskFreeBytes = 1L << 40;
        first.canaryStatus = 500;
        assertThat(trouble(first.place())).isEqualTo(Trouble.WRONG_NUMBERS);
        first.close();
        assertThat(trouble(first.place())).isEqualTo(Trouble.REFUSED);
    }

    @Test
    void a_server_without_tls_is_told_where_tls_is_asked_for() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerPlainly(plain));
            assertThat(trouble(URI.create("https://127.0.0.1:" + plain.getLocalPort())))
                    .isEqualTo(Trouble.NO_TLS);
        }
    }

    private static void answerPlainly(ServerSocket plain) {
        while (!plain.isClosed()) {
            try (Socket socket = plain.accept()) {
                if (socket.getInputStream().read(new byte[1000]) > 0) {
                    byte[] answer =
                            "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
                    socket.getOutputStream().write(answer);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    /// Accepts, and never answers.
    @Test
    void a_worker_that_hangs_is_told_from_one_that_refuses() {
        second.isHanging = true;
        Timing impatient =
                new Timing(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(60));
        try (Workers workers = workers(List.of(second.place()), impatient)) {
            assertThat(workers.preflight().getFirst())
                    .hasMessageContaining(
                            "timed out: no answer within 2000 ms: check that this is");
        }
    }

    private static Trouble trouble(URI address) {
        try (Workers workers = workers(List.of(address))) {
            List<WorkerTroubleException> troubles = workers.preflight();
            assertThat(troubles).hasSize(1);
            assertThat(troubles.getFirst())
                    .hasMessageStartingWith("worker " + address + ": ")
                    .hasMessageEndingWith(troubles.getFirst().trouble().advice());
            return troubles.getFirst().trouble();
        }
    }

    private ExperimentResult evaluate(List<URI> places) {
        try (Workers workers = workers(places)) {
            workers.preflight();
            return evaluator(workers).evaluate(experiment, heard::add);
        }
    }

    private RemoteEvaluator evaluator(Workers workers) {
        return evaluator(workers, NO_ARTIFACTS);
    }

    private RemoteEvaluator evaluator(Workers workers, ArtifactStore artifacts) {
        return new RemoteEvaluator(
                workers,
                clip -> Path.of("/nonexistent"),
                artifacts,
                Results.PROVENANCE,
                InstantSource.system(),
                SpotChecks.NONE,
                patience);
    }

    private static Workers workers(List<URI> places) {
        return workers(places, Timing.USUAL);
    }

    private static Workers workers(List<URI> places, Timing timing) {
        return new Workers(
                places.stream().<WorkerSource>map(place -> new WorkerSource.Url(place)).toList(),
                WorkerAccess.NONE,
                StubWorker.DEMAND,
                WorkersListener.NONE,
                Resolver.SYSTEM,
                timing);
    }

    private static String reason(ExperimentResult result) {
        return result.stopper().orElseThrow().failure().message();
    }
}
