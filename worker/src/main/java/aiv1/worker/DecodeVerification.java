package aiv1.worker;

import aiv1.domain.Sha256;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.StageLimit;
import aiv1.sandbox.CodecJob;
import aiv1.sandbox.DecodeResult;
import aiv1.sandbox.FrameSink;
import aiv1.sandbox.Sandbox;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Proves that a reconstruction comes from its bitstream, and comes out the same each time.
///
/// Three more decodes, each in a fresh sandbox: the same bitstream under another hash seed must
/// give the same frames; a bitstream whose second half is inverted, and one that is cut in half,
/// must fail or give other frames. A decoder that paints what it carries in its source passes
/// neither of the last two.
final class DecodeVerification {
    private static final Duration DAMAGED_CPU_TIME_MIN = Duration.ofSeconds(2);
    private static final int DAMAGED_CPU_FACTOR = 2;

    private final Sandbox sandbox;
    private final CodecJob job;
    private final byte[] bitstream;
    private final Measurement measurement;

    /// `job` must carry another hash seed than the first decode had.
    DecodeVerification(Sandbox sandbox, CodecJob job, byte[] bitstream, Measurement measurement) {
        this.sandbox = sandbox;
        this.job = job;
        this.bitstream = bitstream;
        this.measurement = measurement;
    }

    /// What stands against the run when it is decoded once more.
    Optional<RunOutcome> repeated() {
        MessageDigest digest = Sha256.digest();
        return switch (decode(job, bitstream, digest)) {
            case DecodeResult.Stopped stopped -> Optional.of(repeatStopped(stopped.outcome()));
            case DecodeResult.Decoded decoded -> {
                String second = Sha256.hex(digest);
                if (second.equals(measurement.reconstructionSha256())) {
                    yield Optional.empty();
                }
                yield Optional.of(
                        nondeterministic(
                                "two decodes of one bitstream differ: frames hash to %s, then to %s"
                                        .formatted(measurement.reconstructionSha256(), second)));
            }
        };
    }

    Optional<RunOutcome> inverted() {
        byte[] damaged = bitstream.clone();
        for (int i = damaged.length / 2; i < damaged.length; i++) {
            damaged[i] = (byte) ~damaged[i];
        }
        return damaged("with its second half inverted", damaged);
    }

    Optional<RunOutcome> halved() {
        return damaged("cut in half", Arrays.copyOf(bitstream, bitstream.length / 2));
    }

    /// A decode that worked once and fails the second time differs from itself, unless it was us
    /// who stopped it.
    private static RunOutcome repeatStopped(RunOutcome.NotMeasured outcome) {
        return switch (outcome) {
            case RunOutcome.Cancelled cancelled -> cancelled;
            case RunOutcome.LabFault fault -> fault;
            case RunOutcome.NotMeasured other ->
                    nondeterministic(
                            "the first decode worked, the second did not: "
                                    + other.failure().summary());
        };
    }

    private Optional<RunOutcome> damaged(String how, byte[] damaged) {
        if (damaged.length == 0 || Arrays.equals(damaged, bitstream)) {
            return Optional.empty();
        }
        MessageDigest digest = Sha256.digest();
        return switch (decode(shortened(), damaged, digest)) {
            case DecodeResult.Stopped stopped ->
                    stopped.outcome() instanceof RunOutcome.Cancelled cancelled
                            ? Optional.of(cancelled)
                            : Optional.empty();
            case DecodeResult.Decoded decoded -> {
                if (!Sha256.hex(digest).equals(measurement.reconstructionSha256())) {
                    yield Optional.empty();
                }
                String message =
                        "the bitstream %s decodes to the very same frames: expected other frames or an error"
                                .formatted(how);
                yield Optional.of(
                        new RunOutcome.Invalid(
                                Failure.of(
                                        Stage.VERIFY, FailureCategory.IGNORED_BITSTREAM, message)));
            }
        };
    }

    private DecodeResult decode(CodecJob job, byte[] input, MessageDigest digest) {
        FrameSink hashing = (index, frame) -> digest.update(frame);
        return sandbox.decode(job, input, hashing);
    }

    /// Damage may send a sound decoder into a loop: it gets twice the time of the good decode, and
    /// that is no failure.
    private CodecJob shortened() {
        Duration generous = measurement.decode().cpu().multipliedBy(DAMAGED_CPU_FACTOR);
        Duration floor =
                generous.compareTo(DAMAGED_CPU_TIME_MIN) > 0 ? generous : DAMAGED_CPU_TIME_MIN;
        StageLimit limit = job.limit();
        Duration cpu = floor.compareTo(limit.cpuTimeMax()) < 0 ? floor : limit.cpuTimeMax();
        StageLimit shorter =
                new StageLimit(
                        cpu, cpu.multipliedBy(2), limit.memoryBytesMax(), limit.outputBytesMax());
        return new CodecJob(
                job.candidate(),
                job.format(),
                job.frameCount(),
                job.quality(),
                shorter,
                job.hashSeed(),
                job.frameProgress(),
                job.build());
    }

    private static RunOutcome nondeterministic(String message) {
        return new RunOutcome.Nondeterministic(
                Failure.of(Stage.VERIFY, FailureCategory.NONDETERMINISTIC, message));
    }
}
