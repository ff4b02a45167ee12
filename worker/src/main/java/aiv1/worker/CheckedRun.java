package aiv1.worker;

import aiv1.domain.candidate.Part;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.StageLimit;
import aiv1.sandbox.BuildOutput;
import aiv1.sandbox.CodecJob;
import aiv1.sandbox.DecodeResult;
import aiv1.sandbox.EncodeResult;
import aiv1.sandbox.FrameSource;
import aiv1.sandbox.Sandbox;
import java.util.Optional;

/// The same run once more with a program, or with functions, in C that stop, with their line, where
/// the language leaves open what happens.
///
/// Only such a stop counts: what is checked is slower, and whatever else becomes of it says nothing
/// of the one that is ranked.
final class CheckedRun {
    private static final int SLOWER = 5;

    private final Sandbox sandbox;

    CheckedRun(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    static boolean isPossible(Optional<BuildOutput> build, Part part) {
        return build.filter(output -> output.hasChecked(part)).isPresent();
    }

    /// `frames` are read from the start.
    Optional<RunOutcome> encode(CodecJob job, FrameSource frames) {
        if (!isPossible(job.build(), job.candidate().encoderPart())) {
            return Optional.empty();
        }
        return switch (sandbox.encode(job.checked(wider(job.limit())), frames)) {
            case EncodeResult.Encoded encoded -> Optional.empty();
            case EncodeResult.Stopped stopped -> undefined(stopped.outcome());
        };
    }

    Optional<RunOutcome> decode(CodecJob job, byte[] bitstream) {
        if (!isPossible(job.build(), job.candidate().decoderPart())) {
            return Optional.empty();
        }
        CodecJob checked = job.checked(wider(job.limit()));
        return switch (sandbox.decode(checked, bitstream, (index, frame) -> {})) {
            case DecodeResult.Decoded decoded -> Optional.empty();
            case DecodeResult.Stopped stopped -> undefined(stopped.outcome());
        };
    }

    /// A cancelled run is cancelled, whoever it was.
    private static Optional<RunOutcome> undefined(RunOutcome.NotMeasured outcome) {
        boolean counts =
                outcome instanceof RunOutcome.Cancelled
                        || outcome.failure().category() == FailureCategory.UNDEFINED_BEHAVIOUR;
        return counts ? Optional.of(outcome) : Optional.empty();
    }

    private static StageLimit wider(StageLimit limit) {
        return new StageLimit(
                limit.cpuTimeMax().multipliedBy(SLOWER),
                limit.wallTimeMax().multipliedBy(SLOWER),
                limit.memoryBytesMax(),
                limit.outputBytesMax());
    }
}
