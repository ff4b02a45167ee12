package aiv1.sandbox;

import aiv1.domain.LabFaultException;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Part;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.StageLimit;
import aiv1.domain.experiment.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The builds of candidates: each part in a start of its own, so that the decoder's files cannot
/// hold what the encoder computed. The parts share one limit.
final class Builds {
    private static final Pattern WARM_UP =
            Pattern.compile("^def[ \\t]+warm_up[ \\t]*\\(", Pattern.MULTILINE);
    private static final Pattern C_SOURCE = Pattern.compile("^C_SOURCE[ \\t]*=", Pattern.MULTILINE);
    private static final StageLimit COMPILER_LIMIT =
            new StageLimit(Duration.ofSeconds(10), Duration.ofSeconds(20), 1L << 30, 1 << 20);

    private final Path folder;
    private final Launcher launcher;
    private final LaunchLine line;
    private final String compiler;

    /// `compiler` is the version of the C compiler, or "absent".
    Builds(Path folder, Launcher launcher, LaunchLine line, String compiler) {
        this.folder = folder;
        this.launcher = launcher;
        this.line = line;
        this.compiler = compiler;
    }

    /// The version of the C compiler, asked where candidates are compiled; "absent" without one.
    static String compiler(Launcher launcher, LaunchLine line) {
        BuildCollected collected = new BuildCollected(1);
        launcher.run(
                slot -> line.of(demand(line, slot, COMPILER_LIMIT, true)),
                COMPILER_LIMIT,
                out -> Jobs.write(Jobs.ofStage("compiler", Map.of()), out),
                collected);
        return collected.fact("gcc");
    }

    /// The encoder and the decoder, as far as they have anything to build: a part in C, or one in
    /// Python that defines `warm_up`, holds a `C_SOURCE`, or imports what does.
    static List<Part> parts(Candidate candidate) {
        List<Part> parts = new ArrayList<>();
        for (Part part : new Part[] {candidate.encoderPart(), candidate.decoderPart()}) {
            if (isCompiled(candidate, part) || has(WARM_UP, candidate, part)) {
                parts.add(part);
            }
        }
        return parts;
    }

    /// Builds the parts side by side. Of those that fail the first in order is told.
    BuildResult build(Candidate candidate, StageLimit limit) {
        List<Part> parts = parts(candidate);
        for (Part part : parts) {
            if (isCompiled(candidate, part) && compiler.equals("absent")) {
                return new BuildResult.Stopped(withoutCompiler(part));
            }
            if (part.isPython()
                    && has(C_SOURCE, candidate, part)
                    && has(WARM_UP, candidate, part)) {
                return new BuildResult.Stopped(withBoth(part));
            }
        }
        StageLimit share = share(limit, parts.size());
        List<Ended> ended = sideBySide(parts, part -> start(candidate, part, share));
        Usage used = ended.stream().map(end -> end.ending().usage()).reduce(Builds::sum).get();
        Map<Part, SortedMap<String, byte[]>> files = new EnumMap<>(Part.class);
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            BuildCollected collected = ended.get(i).collected();
            SandboxedProcess.Ending ending = ended.get(i).ending();
            Optional<NotMeasured> outcome = collected.outcome(ending, share);
            if (outcome.isPresent()) {
                Failure failure = outcome.get().failure();
                return new BuildResult.Stopped(
                        outcome.get()
                                .withFailure(
                                        failure.withUsage(used)
                                                .withStderrTail(ending.stderrTail())));
            }
            labels.addAll(collected.labels());
            files.put(parts.get(i), collected.files());
        }
        return new BuildResult.Built(BuildOutput.freeze(newFolder(), files), used, labels);
    }

    /// How the start of one part's build ended.
    private record Ended(BuildCollected collected, SandboxedProcess.Ending ending) {}

    /// The results in the order of the parts. An interrupt reaches all starts, and all have ended
    /// when this returns.
    private static List<Ended> sideBySide(List<Part> parts, Function<Part, Ended> start) {
        List<Future<Ended>> running = new ArrayList<>();
        boolean isInterrupted = false;
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofPlatform().name("build-", 0).factory())) {
            for (Part part : parts) {
                running.add(threads.submit(() -> start.apply(part)));
            }
            threads.shutdown();
            while (!threads.isTerminated()) {
                try {
                    threads.awaitTermination(1, TimeUnit.DAYS);
                } catch (InterruptedException stopped) {
                    isInterrupted = true;
                    threads.shutdownNow();
                }
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        return running.stream().map(Builds::result).toList();
    }

    private static Ended result(Future<Ended> one) {
        if (one.state() == Future.State.SUCCESS) {
            return one.resultNow();
        }
        Throwable cause = one.exceptionNow();
        throw cause instanceof LabFaultException fault
                ? fault
                : new LabFaultException("build: " + cause, cause);
    }

    /// Like a module that is not installed: the candidate asks for more than this worker has.
    private static NotMeasured withoutCompiler(Part part) {
        return new RunOutcome.Crashed(
                Failure.of(
                        Stage.BUILD,
                        FailureCategory.MISSING_IMPORT,
                        "%s: expected a C compiler on this worker, got none: run 'aiv1 setup' there, or write the part in Python"
                                .formatted(part.fileName())));
    }

    private static NotMeasured withBoth(Part part) {
        return new RunOutcome.Invalid(
                Failure.of(
                        Stage.BUILD,
                        FailureCategory.CONTRACT,
                        "%s: expected functions for numba (warm_up) or in C (C_SOURCE), got both"
                                .formatted(part.fileName())));
    }

    private Ended start(Candidate candidate, Part part, StageLimit limit) {
        BuildCollected collected = new BuildCollected(limit.outputBytesMax());
        boolean isCompiling = isCompiled(candidate, part);
        SandboxedProcess.Ending ending =
                launcher.run(
                        slot -> line.of(demand(line, slot, limit, isCompiling)),
                        limit,
                        out -> Jobs.write(Jobs.ofBuild(candidate, part, isCompiling), out),
                        collected);
        return new Ended(collected, ending);
    }

    private static LaunchLine.Demand demand(
            LaunchLine line, int slot, StageLimit limit, boolean isCompiling) {
        return new LaunchLine.Demand(
                slot,
                limit.memoryBytesMax(),
                limit.cpuTimeMax().plusMillis(999).toSeconds(),
                new LaunchLine.Folders.Building(limit.outputBytesMax(), isCompiling),
                0,
                line.python("/runner/run.py"));
    }

    private Path newFolder() {
        try {
            Path created = Files.createTempDirectory(folder, "build-");
            FrozenFolder.open(created);
            return created;
        } catch (IOException e) {
            throw new LabFaultException("build: cannot write below %s: %s".formatted(folder, e), e);
        }
    }

    /// By the C compiler, under whose filter nothing of the candidate runs.
    private static boolean isCompiled(Candidate candidate, Part part) {
        return !part.isPython() || has(C_SOURCE, candidate, part);
    }

    /// Whether the part, or the common one that it may import, has such a line.
    private static boolean has(Pattern sign, Candidate candidate, Part part) {
        return Stream.of(part, part.shared())
                .flatMap(one -> candidate.source(one).stream())
                .anyMatch(text -> sign.matcher(text).find());
    }

    /// Each part may take all the time; what they leave is bounded together.
    private static StageLimit share(StageLimit limit, int partCount) {
        return new StageLimit(
                limit.cpuTimeMax(),
                limit.wallTimeMax(),
                limit.memoryBytesMax(),
                limit.outputBytesMax() / partCount);
    }

    /// Wall time is that of the longest: the parts are built at the same time.
    private static Usage sum(Usage one, Usage other) {
        return new Usage(
                one.cpu().plus(other.cpu()),
                one.wall().compareTo(other.wall()) < 0 ? other.wall() : one.wall(),
                Math.max(one.peakMemoryBytes(), other.peakMemoryBytes()));
    }
}
