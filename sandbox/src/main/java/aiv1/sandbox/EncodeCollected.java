package aiv1.sandbox;

import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.StageLimit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/// What an encoder gives: its bitstream, up to the limit.
final class EncodeCollected extends Collected {
    private final ByteArrayOutputStream bitstream = new ByteArrayOutputStream();
    private final long bytesMax;
    private volatile int fedCount;

    EncodeCollected(long bytesMax) {
        super(Stage.ENCODE);
        this.bytesMax = bytesMax;
    }

    @Override
    public boolean accept(MessageReader.Message message) throws IOException {
        if (message.letter() != MessageReader.BITSTREAM) {
            return message.letter() == MessageReader.FRAME
                    ? refuse(
                            FailureCategory.CONTRACT,
                            "the result descriptor was written to by hand")
                    : super.accept(message);
        }
        bitstream.write(message.payload());
        return bitstream.size() <= bytesMax
                || refuse(
                        FailureCategory.EXPANSION,
                        "expected a bitstream smaller than the raw clip, %d bytes, got %d or more"
                                .formatted(bytesMax, bitstream.size()));
    }

    @Override
    FailureCategory tooLarge() {
        return FailureCategory.EXPANSION;
    }

    @Override
    Optional<NotMeasured> outcome(SandboxedProcess.Ending ending, StageLimit limit) {
        Optional<NotMeasured> outcome = super.outcome(ending, limit);
        if (outcome.isEmpty() && bitstream.size() == 0) {
            return Optional.of(
                    new RunOutcome.Invalid(
                            Failure.of(
                                    Stage.ENCODE,
                                    FailureCategory.NO_OUTPUT,
                                    "expected a bitstream, got none")));
        }
        return outcome;
    }

    byte[] bitstream() {
        return bitstream.toByteArray();
    }

    void fed(int count) {
        fedCount = count;
    }

    int fedCount() {
        return fedCount;
    }
}
