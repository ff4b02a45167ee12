package aiv1.cluster.temporal;

import aiv1.cluster.ClipFile;
import aiv1.cluster.Results;
import aiv1.cluster.SpotChecks;
import aiv1.cluster.local.LocalCluster;
import aiv1.cluster.local.TemporalProgram;
import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Provenance;
import aiv1.domain.experiment.Screener;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.client.WorkflowNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A real server with workers and campaigns of one process, whose experiments are scripted.
final class ScriptedCluster {
    static final ClusterTimes TIMES =
            new ClusterTimes(
                    Duration.ofMillis(200),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(3),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2));

    static final Screener PASSING = all -> Collections.nCopies(all.size(), Optional.empty());

    final LocalCluster cluster;
    final Artifacts artifacts = new Artifacts();
    final Shelf shelf = new Shelf();
    final Heard heard = new Heard();
    private final List<AutoCloseable> open = Collections.synchronizedList(new ArrayList<>());

    private ScriptedCluster(LocalCluster cluster) {
        this.cluster = cluster;
    }

    static ScriptedCluster start(Path folder) throws InterruptedException {
        Path program =
                TemporalProgram.find(System.getenv())
                        .orElseThrow(
                                () ->
                                        new AssertionError(
                                                "CLUSTER MODE IS NOT TESTED: no Temporal server in TEMPORAL_BIN, the cache or on PATH: run 'aiv1 setup'"));
        LocalCluster cluster =
                LocalCluster.start(program, folder, 0, (process, isResult, text) -> {});
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        return new ScriptedCluster(cluster);
    }

    ClusterAccess access() {
        return ClusterAccess.open(cluster.address());
    }

    /// One that lets everything pass.
    ClusterWorker worker(String name, String build, Evaluator evaluator) {
        return worker(name, build, PASSING, evaluator, "cpu");
    }

    /// With one slot, whatever it is capable of.
    ClusterWorker worker(
            String name,
            String build,
            Screener screener,
            Evaluator evaluator,
            String... capabilities) {
        ClusterWorker worker =
                ClusterWorker.start(
                        access(),
                        new WorkerSide(
                                name,
                                build,
                                List.of(capabilities),
                                1,
                                evaluator,
                                screener,
                                artifacts,
                                shelf,
                                (id, what) -> heard.lines.add(name + " " + id + " " + what)),
                        1,
                        TIMES);
        open.add(worker);
        return worker;
    }

    ClusterSession session(String build, SpotChecks checks) throws InterruptedException {
        return session(build, checks, clip -> Path.of("nowhere"));
    }

    ClusterSession session(String build, SpotChecks checks, ClipFile clips)
            throws InterruptedException {
        return session(build, checks, clips, "cpu");
    }

    ClusterSession session(String build, SpotChecks checks, ClipFile clips, String capability)
            throws InterruptedException {
        ClusterSession session =
                ClusterSession.open(
                        access(),
                        new ClusterSession.Campaigner(
                                provenance(build),
                                capability,
                                clips,
                                artifacts,
                                checks,
                                InstantSource.system(),
                                heard),
                        TIMES);
        open.add(session);
        return session;
    }

    /// How many workflows a query finds, as the server counts them.
    String count(String query) {
        try (Connection connection = new Connection(access(), "count")) {
            return Long.toString(
                    connection
                            .stubs()
                            .blockingStub()
                            .countWorkflowExecutions(
                                    CountWorkflowExecutionsRequest.newBuilder()
                                            .setNamespace(cluster.address().namespace())
                                            .setQuery(query)
                                            .build())
                            .getCount());
        }
    }

    /// Until a worker has taken the experiment's ticket for that stage.
    void awaitClaim(String id, String stage) {
        try (Connection connection = new Connection(access(), "look")) {
            while (!isClaimed(connection, id, stage)) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean isClaimed(Connection connection, String id, String stage) {
        try {
            return connection
                    .client()
                    .newUntypedWorkflowStub(id)
                    .describe()
                    .getRawDescription()
                    .getPendingActivitiesList()
                    .stream()
                    .filter(one -> one.getActivityType().getName().equals(stage))
                    .anyMatch(
                            one ->
                                    one.getState()
                                            == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED);
        } catch (WorkflowNotFoundException early) {
            return false;
        }
    }

    static Provenance provenance(String build) {
        return new Provenance(build, "m", "B", "f", "p", "n", "w");
    }

    /// As [Results#measured], by this build; its bitstream is among the artifacts.
    ExperimentResult measured(Experiment experiment, String build) {
        byte[] bytes = {1, 2, 3};
        artifacts.put(bytes);
        return by(build, Results.measured(experiment, bytes));
    }

    static ExperimentResult by(String build, ExperimentResult made) {
        return made.withProvenance(provenance(build));
    }

    /// Evaluates in a thread of its own.
    static CompletableFuture<ExperimentResult> begin(
            ClusterEvaluator evaluator, Experiment experiment) {
        return CompletableFuture.supplyAsync(
                () -> evaluator.evaluate(experiment, Progress.NONE),
                task -> Thread.ofPlatform().start(task));
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("expected it to happen, got nothing");
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        cluster.close();
    }

    /// Artifacts in memory, which campaign and workers share.
    static final class Artifacts implements ArtifactStore {
        private final Map<ArtifactId, byte[]> bytes = new ConcurrentHashMap<>();
        final AtomicInteger findCount = new AtomicInteger();
        volatile boolean isFull;

        @Override
        public ArtifactId put(byte[] content) {
            if (isFull) {
                throw new LabFaultException("no room");
            }
            ArtifactId id = ArtifactId.of(content);
            bytes.put(id, content.clone());
            return id;
        }

        @Override
        public Optional<byte[]> find(ArtifactId id) {
            findCount.incrementAndGet();
            return Optional.ofNullable(bytes.get(id));
        }
    }

    /// Clips by the hash of what came in; has all until it is emptied.
    static final class Shelf implements ClipShelf {
        final Map<String, String> taken = new ConcurrentHashMap<>();
        volatile boolean isEmpty;

        @Override
        public boolean has(Clip clip) {
            return !isEmpty || taken.containsKey(clip.name());
        }

        @Override
        public void take(Clip clip, InputStream file) throws IOException {
            taken.put(clip.name(), ArtifactId.of(file.readAllBytes()).sha256());
        }
    }

    /// What was told, a line each.
    static final class Heard implements ClusterListener {
        final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void begunAgain(ExperimentId experiment, int attempt, String why) {
            lines.add("begun again " + experiment + " " + attempt);
        }

        @Override
        public void refused(ExperimentId experiment, String worker, String why) {
            lines.add("refused " + experiment + " " + worker + " " + why);
        }

        @Override
        public void unchecked(ExperimentId experiment, String worker, String why) {
            lines.add("unchecked " + experiment + " " + worker + " " + why);
        }

        @Override
        public void disputed(ExperimentId experiment, String worker, String why) {
            lines.add("disputed " + experiment + " " + worker);
        }

        @Override
        public void server(String what) {
            lines.add("server " + what);
        }

        List<String> of(String word) {
            synchronized (lines) {
                return lines.stream().filter(line -> line.startsWith(word)).toList();
            }
        }
    }
}
