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
import java.util.regex.Pattern;

/// The builds of candidates: each part in a start of its own, so that the decoder's files cannot
/// hold what the encoder computed. The parts share one limit.
final class Builds {
    private static final Pattern WARM_UP =
            Pattern.compile("^def[ \\t]+warm_up[ \\t]*\\(", Pattern.MULTILINE);
    private static final StageLimit COMPILER_LIMIT =
            new StageLimit(Duration.ofSeconds(10), Duration.ofSeconds(20), 1L << 30, 1 << 20);
    private static final Duration LEFT_MIN = Duration.ofMillis(1);

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
        return Sandbox.fact(collected.labels(), "gcc");
    }

    /// The encoder and the decoder, as far as they have anything to build: a part in C, or one in
    /// Python that defines `warm_up` or imports what does.
    static List<Part> parts(Candidate candidate) {
        List<Part> parts = new ArrayList<>();
        for (Part part : new Part[] {candidate.encoderPart(), candidate.decoderPart()}) {
            if (!part.isPython() || isWarm(candidate, part) || isWarm(candidate, part.shared())) {
                parts.add(part);
            }
        }
        return parts;
    }

    BuildResult build(Candidate candidate, StageLimit limit) {
        Map<Part, SortedMap<String, byte[]>> files = new EnumMap<>(Part.class);
        List<String> labels = new ArrayList<>();
        Usage used = new Usage(Duration.ZERO, Duration.ZERO, 0);
        long bytes = 0;
        for (Part part : parts(candidate)) {
            if (!part.isPython() && compiler.equals("absent")) {
                return new BuildResult.Stopped(withoutCompiler(part));
            }
            StageLimit left = left(limit, used, bytes);
            BuildCollected collected = new BuildCollected(left.outputBytesMax());
            SandboxedProcess.Ending ending = start(candidate, part, left, collected);
            used = sum(used, ending.usage());
            Optional<NotMeasured> outcome = collected.outcome(ending, left);
            if (outcome.isPresent()) {
                return new BuildResult.Stopped(
                        outcome.get()
                                .withFailure(
                                        outcome.get()
                                                .failure()
                                                .withUsage(used)
                                                .withStderrTail(ending.stderrTail())));
            }
            labels.addAll(collected.labels());
            bytes += collected.files().values().stream().mapToLong(file -> file.length).sum();
            files.put(part, collected.files());
        }
        return new BuildResult.Built(BuildOutput.freeze(newFolder(), files), used, labels);
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

    private SandboxedProcess.Ending start(
            Candidate candidate, Part part, StageLimit limit, BuildCollected collected) {
        return launcher.run(
                slot -> line.of(demand(line, slot, limit, !part.isPython())),
                limit,
                out -> Jobs.write(Jobs.ofBuild(candidate, part), out),
                collected);
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

    private static boolean isWarm(Candidate candidate, Part part) {
        return candidate.source(part).filter(text -> WARM_UP.matcher(text).find()).isPresent();
    }

    private static StageLimit left(StageLimit limit, Usage used, long bytes) {
        return new StageLimit(
                positive(limit.cpuTimeMax().minus(used.cpu())),
                positive(limit.wallTimeMax().minus(used.wall())),
                limit.memoryBytesMax(),
                Math.max(1, limit.outputBytesMax() - bytes));
    }

    private static Duration positive(Duration left) {
        return left.compareTo(LEFT_MIN) < 0 ? LEFT_MIN : left;
    }

    private static Usage sum(Usage one, Usage other) {
        return new Usage(
                one.cpu().plus(other.cpu()),
                one.wall().plus(other.wall()),
                Math.max(one.peakMemoryBytes(), other.peakMemoryBytes()));
    }
}
