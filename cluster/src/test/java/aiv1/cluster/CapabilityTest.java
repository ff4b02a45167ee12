package aiv1.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Requirement 38: what a campaign wants of its workers, and what becomes of its experiments where
/// nobody has it.
@Timeout(120)
class CapabilityTest {
    private static final Timing QUICK =
            new Timing(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    Duration.ofMillis(20));

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

    @TempDir private Path folder;
    private final Experiment experiment = Results.experiment("one");
    private final ExperimentResult result = Results.crashed(experiment, Optional.empty());
    private final BlockingQueue<String> waits = new LinkedBlockingQueue<>();
    private StubWorker plain;
    private StubWorker fast;

    @BeforeEach
    void start() throws IOException {
        plain = new StubWorker(result);
        fast = new StubWorker(result);
        fast.capabilities = "\"cpu\", \"cuda\", \"tier-b\"";
        fast.processId = 2;
    }

    @AfterEach
    void stop() {
        plain.close();
        fast.close();
    }

    @Test
    void a_gpu_experiment_waits_for_a_gpu_worker() throws Exception {
        Path list = folder.resolve("workers.txt");
        Files.writeString(list, plain.place() + "\n");
        try (Workers workers = workers(WorkerSource.parse("file:" + list), "cuda")) {
            assertThat(workers.preflight()).isEmpty();
            assertThat(workers.slotCount()).isZero();
            workers.start();
            CompletableFuture<ExperimentResult> evaluated =
                    CompletableFuture.supplyAsync(() -> evaluate(workers));
            assertThat(waits.poll(60, TimeUnit.SECONDS))
                    .isEqualTo(
                            "one: no worker has cuda: %s has cpu, tier-b: start one with worker-capabilities=cuda"
                                    .formatted(plain.place()));
            // Longer than anybody is waited for who may come back: it is told again, and waits on.
            assertThat(waits.poll(60, TimeUnit.SECONDS)).isNotNull();
            assertThat(evaluated).isNotDone();
            Files.writeString(list, "%s\n%s\n".formatted(plain.place(), fast.place()));
            assertThat(evaluated.get(60, TimeUnit.SECONDS)).isEqualTo(result);
            assertThat(workers.lack()).isEmpty();
            assertThat(workers.slotCount()).isEqualTo(1);
        }
        assertThat(fast.requests).contains("POST /experiment");
        assertThat(plain.requests).doesNotContain("POST /experiment");
    }

    /// A worker that has more than is wanted will do.
    @Test
    void what_runs_on_any_processor_waits_for_nobody() {
        fast.capabilities = "\"cuda\", \"cpu\"";
        try (Workers workers = workers(new WorkerSource.Url(fast.place()), "cpu")) {
            workers.preflight();
            assertThat(evaluate(workers)).isEqualTo(result);
        }
        assertThat(waits).isEmpty();
    }

    /// It is there, and lost just now: that is another thing, and waited for as ever.
    @Test
    void a_gpu_worker_that_is_lost_is_no_lack() {
        try (Workers workers = workers(new WorkerSource.Url(fast.place()), "cuda")) {
            workers.preflight();
            fast.close();
            ExperimentResult lost = evaluate(workers);
            assertThat(lost.stopper().orElseThrow().failure().message())
                    .contains("connection refused");
        }
        assertThat(waits).isEmpty();
    }

    private ExperimentResult evaluate(Workers workers) {
        return new RemoteEvaluator(
                        workers,
                        clip -> Path.of("/nonexistent"),
                        NO_ARTIFACTS,
                        Results.PROVENANCE,
                        InstantSource.system(),
                        SpotChecks.NONE,
                        new Patience(Duration.ofMillis(50)))
                .evaluate(experiment, event -> {});
    }

    private Workers workers(WorkerSource source, String capability) {
        return new Workers(
                List.of(source),
                WorkerAccess.NONE,
                new Demand(StubWorker.BUILD, capability),
                new WorkersListener() {
                    @Override
                    public void waits(ExperimentId waiting, String lack) {
                        waits.add(waiting + ": " + lack);
                    }
                },
                Resolver.SYSTEM,
                QUICK);
    }
}
