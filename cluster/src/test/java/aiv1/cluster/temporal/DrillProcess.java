package aiv1.cluster.temporal;

import aiv1.cluster.Results;
import aiv1.cluster.SpotChecks;
import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// A worker or a campaign of [DrillTest] as a process of its own: `worker|campaign URL FOLDER`.
/// What a worker measures is a pause; what a campaign records is a file for each experiment, made
/// once.
final class DrillProcess {
    static final String BUILD = "drill";
    static final int SIDE_BY_SIDE = 4;

    private DrillProcess() {}

    public static void main(String[] arguments) throws Exception {
        ClusterAddress address = ClusterAddress.parse(arguments[1]);
        Path folder = Path.of(arguments[2]);
        Folder artifacts = new Folder(folder.resolve("artifacts"));
        if (arguments[0].equals("worker")) {
            work(address, folder, artifacts);
        } else {
            campaign(address, folder, artifacts);
        }
    }

    private static void work(ClusterAddress address, Path folder, Folder artifacts)
            throws Exception {
        long process = ProcessHandle.current().pid();
        try (ClusterWorker worker =
                ClusterWorker.start(
                        address,
                        new WorkerSide(
                                "w" + process,
                                BUILD,
                                List.of("cpu"),
                                2,
                                (experiment, progress) -> pretend(experiment, folder, artifacts),
                                artifacts,
                                new All(),
                                (id, what) -> {}),
                        process)) {
            System.out.println("worker " + process);
            worker.awaitEnd();
        }
    }

    private static ExperimentResult pretend(Experiment experiment, Path folder, Folder artifacts) {
        byte[] bytes = experiment.id().value().getBytes(StandardCharsets.UTF_8);
        try {
            Files.writeString(
                    folder.resolve("begun"),
                    experiment.id() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            Thread.sleep(200 + Math.floorMod(experiment.id().hashCode(), 600));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException unwanted) {
            Thread.currentThread().interrupt();
        }
        artifacts.put(bytes);
        return ScriptedCluster.by(BUILD, Results.measured(experiment, bytes));
    }

    private static void campaign(ClusterAddress address, Path folder, Folder artifacts)
            throws Exception {
        try (ClusterSession session =
                        ClusterSession.open(
                                address,
                                new ClusterSession.Campaigner(
                                        ScriptedCluster.provenance(BUILD),
                                        "cpu",
                                        clip -> Path.of("nowhere"),
                                        artifacts,
                                        SpotChecks.NONE,
                                        InstantSource.system(),
                                        ClusterListener.NONE));
                ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
            List<Future<?>> lanes =
                    IntStream.range(0, SIDE_BY_SIDE)
                            .<Future<?>>mapToObj(
                                    lane ->
                                            threads.submit(
                                                    () -> {
                                                        lane(session.evaluator(), folder, lane);
                                                        return null;
                                                    }))
                            .toList();
            for (Future<?> lane : lanes) {
                lane.get();
            }
        }
        System.exit(0);
    }

    /// Each lane goes through its own experiments, and past those that are recorded.
    private static void lane(ClusterEvaluator evaluator, Path folder, int lane) throws IOException {
        for (int i = lane; !Files.exists(folder.resolve("stop")); i += SIDE_BY_SIDE) {
            Experiment experiment = Results.experiment("d-%05d".formatted(i));
            Path record = folder.resolve("ledger").resolve(experiment.id().value());
            while (!Files.exists(record)) {
                ExperimentResult result = evaluator.evaluate(experiment, Progress.NONE);
                if (!result.isMeasured()) {
                    continue;
                }
                Path draft = Files.createTempFile(folder, "draft", "");
                Files.writeString(draft, result.toString());
                try {
                    Files.createLink(record, draft);
                } catch (FileAlreadyExistsException doubled) {
                    Files.writeString(
                            folder.resolve("doubled"),
                            experiment.id() + "\n",
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                }
                Files.delete(draft);
            }
        }
    }

    /// Artifacts as files.
    record Folder(Path folder) implements ArtifactStore {
        @Override
        public ArtifactId put(byte[] bytes) {
            ArtifactId id = ArtifactId.of(bytes);
            try {
                Files.createDirectories(folder);
                Path draft = Files.createTempFile(folder, "draft", "");
                Files.write(draft, bytes);
                Files.move(
                        draft,
                        folder.resolve(id.sha256()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                return id;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public Optional<byte[]> find(ArtifactId id) {
            try {
                Path file = folder.resolve(id.sha256());
                return Files.exists(file)
                        ? Optional.of(Files.readAllBytes(file))
                        : Optional.empty();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /// Has every clip.
    private static final class All implements ClipShelf {
        @Override
        public boolean has(Clip clip) {
            return true;
        }

        @Override
        public void take(Clip clip, InputStream file) {
            throw new IllegalStateException("expected no clip, got " + clip.name());
        }
    }
}
