package aiv1.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A worker that lies is caught by measuring again what it reported.
@Timeout(60)
class SpotChecksTest {
    /// What the stub gives for every artifact.
    private static final byte[] BYTES = "other bytes".getBytes(StandardCharsets.UTF_8);

    private final Experiment first = Results.experiment("one");
    private final Experiment second = Results.experiment("two");
    private final List<String> disputed = new ArrayList<>();
    private final List<String> unchecked = new ArrayList<>();
    private final Map<ArtifactId, byte[]> kept = new ConcurrentHashMap<>();
    private final ArtifactStore artifacts =
            new ArtifactStore() {
                @Override
                public ArtifactId put(byte[] bytes) {
                    kept.put(ArtifactId.of(bytes), bytes);
                    return ArtifactId.of(bytes);
                }

                @Override
                public Optional<byte[]> find(ArtifactId id) {
                    return Optional.ofNullable(kept.get(id));
                }
            };
    private StubWorker liar;
    private StubWorker honest;

    @BeforeEach
    void start() throws IOException {
        liar = stub();
        honest = stub();
    }

    @AfterEach
    void stop() {
        liar.close();
        honest.close();
    }

    /// Its earlier result, which nobody had looked at, is measured again and disputed.
    @Test
    void a_liar_is_set_aside_and_what_it_gave_before_is_measured_again() {
        long secret = secretThatChoosesOnly(second.id());
        Remeasurement own = result -> List.of("c at quality 0: numbers: expected 30, got 12");
        try (Workers workers = workers(liar)) {
            workers.preflight();
            RemoteEvaluator evaluator =
                    evaluator(workers, new SpotChecks(0.5, secret, Optional.of(own)));
            assertThat(evaluator.evaluate(first, event -> {}).isMeasured()).isTrue();
            ExperimentResult result = evaluator.evaluate(second, event -> {});
            assertThat(result.outcomeLabel()).isEqualTo("lab_fault");
            assertThat(result.stopper().orElseThrow().failure().message())
                    .contains("its result of two is not what its bitstreams give")
                    .contains("nothing that it measured can be believed");
            assertThat(workers.standing().getFirst().state()).isEqualTo("set_aside");
            assertThat(disputed).containsExactly("one");
        }
    }

    /// Without a sandbox here, another worker decodes what came; the experiment then goes to one
    /// that is believed.
    @Test
    void without_a_sandbox_another_worker_measures_again() {
        honest.verification = "{\"differences\": [\"c at quality 0: frames differ\"]}";
        liar.verification = "{\"differences\": []}";
        try (Workers workers = workers(liar, honest)) {
            workers.preflight();
            RemoteEvaluator evaluator = evaluator(workers, new SpotChecks(1, 7, Optional.empty()));
            ExperimentResult result = evaluator.evaluate(first, event -> {});
            assertThat(result.isMeasured()).isTrue();
            assertThat(liar.requests).contains("POST /experiment");
            assertThat(honest.requests).contains("POST /verification", "POST /experiment");
            assertThat(workers.standing().stream().map(WorkerStanding::state))
                    .containsExactly("set_aside", "well");
        }
    }

    @Test
    void an_honest_worker_is_believed() {
        try (Workers workers = workers(honest)) {
            workers.preflight();
            RemoteEvaluator evaluator =
                    evaluator(workers, new SpotChecks(1, 7, Optional.of(result -> List.of())));
            assertThat(evaluator.evaluate(first, event -> {}).isMeasured()).isTrue();
            assertThat(workers.standing().getFirst().state()).isEqualTo("well");
        }
    }

    /// Never silently: who reads the log knows which numbers stand on a worker's word.
    @Test
    void a_check_that_cannot_be_made_is_told() {
        Remeasurement without =
                result -> {
                    throw new LabFaultException("clip c is gone");
                };
        try (Workers workers = workers(honest)) {
            workers.preflight();
            RemoteEvaluator broken = evaluator(workers, new SpotChecks(1, 7, Optional.of(without)));
            assertThat(broken.evaluate(first, event -> {}).isMeasured()).isTrue();
            RemoteEvaluator alone = evaluator(workers, new SpotChecks(1, 7, Optional.empty()));
            assertThat(alone.evaluate(second, event -> {}).isMeasured()).isTrue();
            assertThat(unchecked)
                    .containsExactly(
                            "one: clip c is gone",
                            "two: no sandbox is here, and no other worker was to be had");
        }
    }

    /// By secret and id alone, and about as many as asked for.
    @Test
    void the_secret_chooses_a_share_of_the_experiments() {
        Set<ExperimentId> chosen = chosen(new SpotChecks(0.1, 7, Optional.empty()));
        assertThat(chosen).hasSizeBetween(60, 140);
        assertThat(chosen(new SpotChecks(0.1, 7, Optional.empty()))).isEqualTo(chosen);
        assertThat(chosen(new SpotChecks(0.1, 8, Optional.empty()))).isNotEqualTo(chosen);
        assertThat(chosen(new SpotChecks(0.2, 7, Optional.empty()))).containsAll(chosen);
        assertThat(chosen(SpotChecks.NONE)).isEmpty();
        assertThat(chosen(new SpotChecks(1, 7, Optional.empty()))).hasSize(1000);
    }

    private static Set<ExperimentId> chosen(SpotChecks checks) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> new ExperimentId("c-1." + i))
                .filter(checks::isChosen)
                .collect(java.util.stream.Collectors.toSet());
    }

    private long secretThatChoosesOnly(ExperimentId id) {
        return IntStream.range(0, 1000)
                .filter(
                        secret -> {
                            SpotChecks checks = new SpotChecks(0.5, secret, Optional.empty());
                            return checks.isChosen(id) && !checks.isChosen(first.id());
                        })
                .findFirst()
                .orElseThrow();
    }

    private StubWorker stub() throws IOException {
        StubWorker worker = new StubWorker(Results.measured(first, BYTES));
        worker.more.put("two", Results.measured(second, BYTES));
        return worker;
    }

    private Workers workers(StubWorker... stubs) {
        List<WorkerSource> sources = new ArrayList<>();
        for (StubWorker stub : stubs) {
            sources.add(new WorkerSource.Url(stub.place()));
        }
        return new Workers(
                sources,
                WorkerAccess.NONE,
                StubWorker.DEMAND,
                new WorkersListener() {
                    @Override
                    public void unchecked(ExperimentId experiment, Place worker, String why) {
                        unchecked.add(experiment.value() + ": " + why);
                    }

                    @Override
                    public void disputed(ExperimentId experiment, Place worker, String why) {
                        disputed.add(experiment.value());
                    }
                });
    }

    private RemoteEvaluator evaluator(Workers workers, SpotChecks checks) {
        return new RemoteEvaluator(
                workers,
                clip -> Path.of("/nonexistent"),
                artifacts,
                Results.PROVENANCE,
                InstantSource.system(),
                checks,
                new Patience(Duration.ofMillis(50)));
    }
}
