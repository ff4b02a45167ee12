package aiv1.sandbox;

import aiv1.domain.LabFaultException;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.StageLimit;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where untrusted code runs. Every call starts a fresh process that is killed whole before the
/// call returns; nothing outlives it.
///
/// Thread-safe: calls may run side by side. Start reading at [LaunchLine] for the walls and at
/// [SandboxedProcess] for the watch.
public final class Sandbox implements AutoCloseable {
    private static final int WORK_BYTES_PER_SAMPLE = 6;
    private static final long WORK_BYTES_MIN = 16L << 20;

    private final Installation installation;
    private final Launcher launcher;
    private final LaunchLine line;
    private final PythonFacts python;
    private final Builds builds;
    private final Screening screening;

    private Sandbox(
            Installation installation, Launcher launcher, LaunchLine line, PythonFacts python) {
        this.installation = installation;
        this.launcher = launcher;
        this.line = line;
        this.python = python;
        this.builds = new Builds(installation.builds(), launcher, line, python.gcc());
        this.screening = new Screening(launcher, line);
    }

    /// Tries the machine by really launching. Throws [SandboxUnavailableException] with what is
    /// missing: candidates never run unsandboxed.
    public static Sandbox open(SandboxConfig config) {
        boolean isRoot = isRoot();
        Installation installation = Installation.unpack(config, isRoot);
        Launcher launcher = new Launcher();
        StringBuilder reasons = new StringBuilder();
        // Containers with a read-only /proc/sys refuse --disable-userns; the filter forbids new
        // namespaces all the same.
        for (boolean canDisable : new boolean[] {true, false}) {
            LaunchLine line =
                    new LaunchLine(
                            installation.filter(),
                            installation.compilerFilter(),
                            installation.runner(),
                            config,
                            isRoot,
                            canDisable);
            try {
                PythonFacts facts = probe(launcher, line);
                return new Sandbox(installation, launcher, line, facts);
            } catch (LabFaultException e) {
                reasons.append("; ").append(String.valueOf(e.getMessage()).strip());
            }
        }
        launcher.close();
        installation.close();
        throw new SandboxUnavailableException(
                "sandbox: expected bubblewrap to start python in user namespaces, got"
                        + reasons.substring(1)
                        + ": allow user namespaces for bwrap, or run the lab where they are");
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new SandboxUnavailableException(
                    "sandbox: expected /proc to tell the user id, got " + e);
        }
    }

    public SandboxTier tier() {
        return SandboxTier.B;
    }

    public PythonFacts python() {
        return python;
    }

    /// About a dozen harmless attacks, really tried.
    public List<CanaryResult> canaries() {
        return Canaries.run(this);
    }

    /// Looks at every part in Python without running any of it: syntax, names and modules that are
    /// missing, calls of existing codecs, loops over single samples.
    public ScreenResult screen(Candidate candidate) {
        return screening.screen(candidate);
    }

    /// Whether something seems to stand against each of several, in their order, by one short look
    /// at all of them; what and whether it does, [#screen] says.
    public List<Boolean> suspects(List<Candidate> candidates) {
        return screening.suspects(candidates);
    }

    /// Whether a candidate has anything to build before it is run.
    public static boolean needsBuild(Candidate candidate) {
        return !Builds.parts(candidate).isEmpty();
    }

    /// Builds what a candidate needs, before it sees any clip or bitstream. Only for one that
    /// [#needsBuild]; the limit is for its parts together.
    public BuildResult build(Candidate candidate, StageLimit limit) {
        return builds.build(candidate, limit);
    }

    /// Runs the encoder on `frames`.
    public EncodeResult encode(CodecJob job, FrameSource frames) {
        EncodeCollected collected = new EncodeCollected(job.limit().outputBytesMax());
        SandboxedProcess.Ending ending =
                launcher.run(
                        slot -> line.of(demand(slot, job, job.candidate().encoderPart())),
                        job.limit(),
                        out -> {
                            Jobs.write(Jobs.ofEncode(job), out);
                            byte[] frame = new byte[job.format().frameBytes()];
                            int count = 0;
                            while (frames.next(frame)) {
                                out.write(frame);
                                count++;
                                collected.fed(count);
                                job.frameProgress().accept(count);
                            }
                            out.flush();
                        },
                        collected);
        Optional<NotMeasured> outcome = collected.outcome(ending, job.limit());
        return outcome.isPresent()
                ? new EncodeResult.Stopped(
                        Verdict.withFacts(outcome.get(), ending, collected.fedCount()))
                : new EncodeResult.Encoded(
                        collected.bitstream(), ending.usage(), collected.labels());
    }

    /// Runs the decoder on `bitstream`, of which it sees nothing else, and hands every frame to
    /// `frames` as it comes.
    public DecodeResult decode(CodecJob job, byte[] bitstream, FrameSink frames) {
        DecodeCollected collected = new DecodeCollected(job, frames);
        SandboxedProcess.Ending ending =
                launcher.run(
                        slot -> line.of(demand(slot, job, job.candidate().decoderPart())),
                        job.limit(),
                        out -> {
                            Jobs.write(Jobs.ofDecode(job), out);
                            DataOutputStream data = new DataOutputStream(out);
                            data.writeLong(bitstream.length);
                            data.write(bitstream);
                            data.flush();
                        },
                        collected);
        Optional<NotMeasured> outcome = collected.outcome(ending, job.limit());
        if (outcome.isEmpty() && collected.frameCount() != job.frameCount()) {
            outcome =
                    Optional.of(
                            new RunOutcome.Invalid(
                                    Failure.of(
                                            Stage.DECODE,
                                            FailureCategory.FRAME_COUNT,
                                            "expected %d frames, got %d"
                                                    .formatted(
                                                            job.frameCount(),
                                                            collected.frameCount()))));
        }
        return outcome.isPresent()
                ? new DecodeResult.Stopped(
                        Verdict.withFacts(outcome.get(), ending, collected.frameCount()))
                : new DecodeResult.Decoded(
                        collected.frameCount(), ending.usage(), collected.labels());
    }

    @Override
    public void close() {
        launcher.close();
        installation.close();
    }

    LaunchLine line() {
        return line;
    }

    Launcher launcher() {
        return launcher;
    }

    private static PythonFacts probe(Launcher launcher, LaunchLine line) {
        Collected collected = new Collected(Stage.SCREEN);
        SandboxedProcess.Ending ending =
                launcher.run(
                        slot -> line.of(Screening.demand(line, slot, Screening.LIMIT)),
                        Screening.LIMIT,
                        out -> Jobs.write(Jobs.ofStage("facts", Map.of()), out),
                        collected);
        Optional<NotMeasured> outcome = collected.outcome(ending, Screening.LIMIT);
        if (outcome.isPresent()) {
            throw new LabFaultException(
                    outcome.get().failure().summary() + " " + ending.stderrTail());
        }
        return new PythonFacts(
                collected.fact("python"),
                collected.fact("numpy"),
                collected.fact("scipy"),
                collected.fact("numba"),
                Builds.compiler(launcher, line));
    }

    private LaunchLine.Demand demand(int slot, CodecJob job, Part part) {
        if (!part.isPython() && job.build().isEmpty()) {
            throw new IllegalArgumentException(
                    part.fileName() + ": expected a job with what the build left, got none");
        }
        LaunchLine.Folders folders =
                job.build()
                        .flatMap(output -> output.folder(part))
                        .<LaunchLine.Folders>map(LaunchLine.Folders.Built::new)
                        .orElse(new LaunchLine.Folders.None());
        if (job.candidate().contract() == Contract.C5) {
            folders = new LaunchLine.Folders.Work(workBytesMax(job), folders);
        }
        return new LaunchLine.Demand(
                slot,
                job.limit().memoryBytesMax(),
                job.limit().cpuTimeMax().plusMillis(999).toSeconds(),
                folders,
                job.hashSeed(),
                part.isPython() ? line.python("/runner/run.py") : program(part, job.isChecked()));
    }

    /// A program that the build left. The shell greets for it, as the runner does for Python: from
    /// then on, however the program ends is its own doing.
    private static List<String> program(Part part, boolean isChecked) {
        return List.of(
                "/bin/sh",
                "-c",
                "printf 'H\\0\\0\\0\\0\\0\\0\\0\\0'; exec \"$0\"",
                LaunchLine.BUILD_FOLDER
                        + "/"
                        + BuildOutput.program(part)
                        + (isChecked ? BuildOutput.CHECKED : ""));
    }

    private static long workBytesMax(CodecJob job) {
        return WORK_BYTES_MIN
                + (long) WORK_BYTES_PER_SAMPLE * job.format().lumaBytes() * job.frameCount();
    }
}
