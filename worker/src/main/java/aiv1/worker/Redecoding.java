package aiv1.worker;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.Sha256;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.CandidateId;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.RunResult;
import aiv1.sandbox.BuildOutput;
import aiv1.sandbox.BuildResult;
import aiv1.sandbox.CodecJob;
import aiv1.sandbox.DecodeResult;
import aiv1.sandbox.FrameSink;
import aiv1.sandbox.Sandbox;
import java.security.MessageDigest;
import java.util.Optional;

/// Decodes a stored bitstream again with the stored decoder, in a sandbox, for reconstructions are
/// not kept. The frames are worth something only when nothing stands against them: they must hash
/// to what the result says.
///
/// Used by one thread. It keeps what the last candidate's build left, so that more runs of one
/// experiment are built once; closing deletes that.
public final class Redecoding implements AutoCloseable {
    private final Sandbox sandbox;
    private Optional<Built> last = Optional.empty();

    public Redecoding(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    private record Built(CandidateId candidate, BuildOutput output) {}

    /// Hands each frame of a measured run to `frames`; what stands against them comes back, and
    /// then they must not be shown. `bitstream` is checked against the result first.
    public Optional<String> decode(
            ExperimentResult result, RunResult run, byte[] bitstream, FrameSink frames) {
        Measurement stated = run.outcome().numbers().orElseThrow();
        ArtifactId got = ArtifactId.of(bitstream);
        if (!got.equals(stated.bitstream())) {
            return Optional.of(
                    "bitstream: expected sha256 %s, got %s"
                            .formatted(stated.bitstream().sha256(), got.sha256()));
        }
        MessageDigest digest = Sha256.digest();
        FrameSink hashing =
                (index, frame) -> {
                    digest.update(frame);
                    frames.accept(index, frame);
                };
        Optional<String> unbuilt = build(result);
        if (unbuilt.isPresent()) {
            return unbuilt;
        }
        CodecJob job = job(result, run, clip(result, run), last.map(Built::output));
        return switch (sandbox.decode(job, bitstream, hashing)) {
            case DecodeResult.Stopped stopped ->
                    Optional.of(stopped(stopped.outcome(), "it decoded when it was measured"));
            case DecodeResult.Decoded decoded -> {
                String sha256 = Sha256.hex(digest);
                yield sha256.equals(stated.reconstructionSha256())
                        ? Optional.empty()
                        : Optional.of(
                                "frames: expected sha256 %s as measured, got %s"
                                        .formatted(stated.reconstructionSha256(), sha256));
            }
        };
    }

    /// The clip of a run.
    public static Clip clip(ExperimentResult result, RunResult run) {
        return result.experiment().clips().stream()
                .filter(clip -> clip.name().equals(run.clip()))
                .findFirst()
                .orElseThrow();
    }

    static CodecJob job(
            ExperimentResult result, RunResult run, Clip clip, Optional<BuildOutput> build) {
        return new CodecJob(
                result.experiment().proposal().candidate(),
                clip.format(),
                clip.frameCount(),
                run.quality(),
                result.experiment().limitClass().decodeLimit(clip),
                0,
                frame -> {},
                build);
    }

    /// Leaves what this candidate's build gives, if it needs one; what stands against that comes
    /// back.
    private Optional<String> build(ExperimentResult result) {
        Candidate candidate = result.experiment().proposal().candidate();
        if (last.filter(built -> built.candidate().equals(candidate.id())).isPresent()) {
            return Optional.empty();
        }
        close();
        if (!Sandbox.needsBuild(candidate)) {
            return Optional.empty();
        }
        return switch (sandbox.build(candidate, result.experiment().limitClass().buildLimit())) {
            case BuildResult.Built built -> {
                last = Optional.of(new Built(candidate.id(), built.output()));
                yield Optional.empty();
            }
            case BuildResult.Stopped stopped ->
                    Optional.of(stopped(stopped.outcome(), "it was built when it was measured"));
        };
    }

    /// Only the lab itself cancels or breaks down; anything else is the codec's.
    private static String stopped(NotMeasured outcome, String before) {
        String summary = outcome.failure().summary();
        return switch (outcome) {
            case RunOutcome.Cancelled cancelled -> throw new LabFaultException(summary);
            case RunOutcome.LabFault fault -> throw new LabFaultException(summary);
            case NotMeasured codecs -> summary + "; " + before;
        };
    }

    @Override
    public void close() {
        last.ifPresent(built -> built.output().close());
        last = Optional.empty();
    }
}
