package aiv1.cli.command;

import aiv1.cli.lab.Build;
import aiv1.cli.lab.Lab;
import aiv1.cli.terminal.TextTable;
import aiv1.cluster.Demand;
import aiv1.cluster.RemoteEvaluator;
import aiv1.cluster.SpotChecks;
import aiv1.cluster.WorkerAccess;
import aiv1.cluster.WorkerSource;
import aiv1.cluster.WorkerTroubleException;
import aiv1.cluster.Workers;
import aiv1.cluster.WorkersListener;
import aiv1.domain.LabFaultException;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.LimitClass;
import aiv1.worker.http.RequestLog;
import aiv1.worker.http.WorkerIdentity;
import aiv1.worker.http.WorkerParts;
import aiv1.worker.http.WorkerServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// What workers cost: the same experiments in this process, through one worker and through two, all
/// on this machine and in one process, over loopback.
final class WorkersBench {
    private static final int EXPERIMENT_COUNT = 12;
    private static final int FRAME_COUNT = 4;
    private static final String ENCODER =
            """
            import zlib

            def encode(clip, quality):
                shift = 5 - quality
                data = b"".join((plane >> shift).tobytes() for frame in clip for plane in frame)
                sizes = (clip.width, clip.height, clip.frame_count)
                head = b"".join(size.to_bytes(2, "big") for size in sizes)
                return head + bytes([shift]) + zlib.compress(data, 6)
            """;
    private static final String DECODER =
            """
            import zlib
            import numpy as np

            def decode(bitstream):
                width, height, count = (int.from_bytes(bitstream[i : i + 2], "big") for i in (0, 2, 4))
                shift = bitstream[6]
                data = np.frombuffer(zlib.decompress(bitstream[7:]), np.uint8)
                at = 0
                for _ in range(count):
                    frame = []
                    for rows, columns in ((height, width),) + ((height // 2, width // 2),) * 2:
                        plane = data[at : at + rows * columns].reshape(rows, columns)
                        frame.append((plane << shift) + np.uint8((1 << shift) >> 1))
                        at += rows * columns
                    yield tuple(frame)
            """;

    private final GlobalOptions global;
    private final Path folder;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /// One way of doing the experiments, and how long it took.
    private record Measured(String how, int parallel, Duration wall, long requests, long bytes) {}

    private WorkersBench(GlobalOptions global, Path folder) {
        this.global = global;
        this.folder = folder;
    }

    /// Works in a folder that is gone afterwards.
    static String run(GlobalOptions global) throws IOException {
        Path folder = Files.createTempDirectory("aiv1-bench-workers");
        WorkersBench bench = new WorkersBench(global, folder);
        try {
            return bench.measure();
        } finally {
            bench.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private String measure() {
        Lab home = lab("home");
        Clip clip = home.clips().excerpt(home.clips().find("rapids").orElseThrow(), FRAME_COUNT);
        List<Measured> all = new ArrayList<>();
        all.add(time("in process", 1, home.evaluator("in-process"), clip));
        URI first = worker("first");
        all.add(time("one worker", 1, remote(home, List.of(first)), clip));
        List<URI> both = List.of(first, worker("second"));
        all.add(time("two workers", 2, remote(home, both), clip));
        return text(all);
    }

    private Measured time(String how, int parallel, Evaluator evaluator, Clip clip) {
        // Anchors, caches, and each worker's first look at the clip.
        carryOut("warm-up " + how, 2 * parallel, parallel, evaluator, clip);
        requests.set(0);
        bytes.set(0);
        long startNanos = System.nanoTime();
        carryOut(how, EXPERIMENT_COUNT, parallel, evaluator, clip);
        return new Measured(
                how,
                parallel,
                Duration.ofNanos(System.nanoTime() - startNanos),
                requests.get(),
                bytes.get());
    }

    private static void carryOut(
            String how, int count, int parallel, Evaluator evaluator, Clip clip) {
        List<Future<ExperimentResult>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
            for (int i = 0; i < count; i++) {
                Experiment experiment = experiment(how, i, clip);
                results.add(threads.submit(() -> evaluator.evaluate(experiment, event -> {})));
            }
        }
        for (Future<ExperimentResult> result : results) {
            if (!result.resultNow().isMeasured()) {
                throw new LabFaultException(
                        "bench workers: "
                                + result.resultNow().stopper().orElseThrow().failure().summary());
            }
        }
    }

    private static Experiment experiment(String how, int number, Clip clip) {
        Candidate candidate =
                new Candidate(
                        Map.of(Part.ENCODER, "# " + number + "\n" + ENCODER, Part.DECODER, DECODER),
                        Contract.NATIVE);
        return new Experiment(
                new ExperimentId("bench-" + how.replace(' ', '-') + "-" + number),
                Optional.empty(),
                new Proposal(candidate, "", List.of(), "bench"),
                List.of(clip),
                List.of("x264-medium"),
                LimitClass.LIGHT);
    }

    private URI worker(String name) {
        Lab lab = lab(name);
        WorkerParts parts =
                WorkerCommand.parts(
                        lab,
                        new WorkerIdentity(
                                lab.provenance(name),
                                ProcessHandle.current().pid(),
                                Instant.now()));
        WorkerServer server =
                new WorkerServer(
                        new WorkerServer.Address(
                                "127.0.0.1",
                                0,
                                Optional.empty(),
                                10_000,
                                WorkerServer.SILENCE_TIME_MAX,
                                Optional.empty()),
                        parts,
                        new RequestLog(
                                new PrintStream(
                                        OutputStream.nullOutputStream(),
                                        false,
                                        StandardCharsets.UTF_8),
                                RequestLog.Form.JSON));
        open.push(server);
        return URI.create("http://127.0.0.1:" + server.port());
    }

    private Evaluator remote(Lab home, List<URI> places) {
        WorkerAccess access =
                new WorkerAccess(
                        Optional.empty(),
                        Optional.empty(),
                        (worker, requestId, request, outcome, took, size) -> {
                            if (!request.endsWith("/health") && !request.endsWith("/status")) {
                                requests.incrementAndGet();
                                bytes.addAndGet(size);
                            }
                        });
        Workers workers =
                new Workers(
                        places.stream().<WorkerSource>map(WorkerSource.Url::new).toList(),
                        access,
                        new Demand(Build.id(), "cpu"),
                        WorkersListener.NONE);
        open.push(workers);
        for (WorkerTroubleException trouble : workers.preflight()) {
            throw new LabFaultException(String.valueOf(trouble.getMessage()));
        }
        return new RemoteEvaluator(
                workers,
                home.clips()::file,
                home.artifacts(),
                home.remoteProvenance(),
                InstantSource.system(),
                SpotChecks.NONE);
    }

    private Lab lab(String name) {
        Lab lab = new Lab(global.configurationAt(folder.resolve(name)));
        open.push(lab);
        return lab;
    }

    private void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.err.println("aiv1: closing: " + e);
            }
        }
    }

    private static String text(List<Measured> all) {
        double alone = all.getFirst().wall().toMillis() / (double) EXPERIMENT_COUNT;
        TextTable table =
                new TextTable()
                        .left("experiments go")
                        .right("side by side")
                        .right("an hour")
                        .right("ms each")
                        .right("overhead ms each")
                        .right("requests each")
                        .right("bytes each");
        for (Measured one : all) {
            double each = one.wall().toMillis() * (double) one.parallel() / EXPERIMENT_COUNT;
            table.row(
                    one.how(),
                    Integer.toString(one.parallel()),
                    String.format(Locale.ROOT, "%.0f", 3_600_000.0 * one.parallel() / each),
                    String.format(Locale.ROOT, "%.0f", each),
                    one.parallel() == 1 ? String.format(Locale.ROOT, "%.0f", each - alone) : "-",
                    String.format(Locale.ROOT, "%.1f", one.requests() / (double) EXPERIMENT_COUNT),
                    Long.toString(one.bytes() / EXPERIMENT_COUNT));
        }
        return "%d experiments of a small codec, rapids, %d frames, %d qualities; workers in one process with the campaign; bytes of bodies both ways%n%s"
                .formatted(EXPERIMENT_COUNT, FRAME_COUNT, Experiment.QUALITY_COUNT, table);
    }
}
