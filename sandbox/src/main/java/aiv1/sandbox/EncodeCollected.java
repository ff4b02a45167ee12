package aiv1.sandbox;

import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.StageLimit;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// What an encoder gives: its bitstream, up to the limit.
final class EncodeCollected extends Collected {
    private final long bytesMax;
    private byte[] buffer = new byte[0];
    private int size;
    private volatile int fedCount;

    EncodeCollected(long bytesMax) {
        super(Stage.ENCODE);
        this.bytesMax = bytesMax;
    }

    @Override
    public boolean accept(MessageReader.Message message) throws IOException {
        if (message.letter() != MessageReader.BITSTREAM) {
            return super.accept(message);
        }
        byte[] piece = message.payload();
        if (piece.length > bytesMax - size) {
            return refuse(
                    FailureCategory.EXPANSION,
                    "expected a bitstream of at most %d bytes, got %d or more"
                            .formatted(bytesMax, (long) size + piece.length));
        }
        append(piece);
        return true;
    }

    /// Python gives a bitstream whole, which is kept as it is; C in pieces, for which the buffer
    /// doubles.
    private void append(byte[] piece) {
        if (size == 0) {
            buffer = piece;
        } else {
            if (piece.length > buffer.length - size) {
                long doubled = Math.max(2L * buffer.length, (long) size + piece.length);
                buffer = Arrays.copyOf(buffer, (int) Math.min(doubled, bytesMax));
            }
            System.arraycopy(piece, 0, buffer, size, piece.length);
        }
        size += piece.length;
    }

    @Override
    public long payloadBytesMax(char letter) {
        return letter == MessageReader.BITSTREAM ? Long.MAX_VALUE : super.payloadBytesMax(letter);
    }

    @Override
    FailureCategory tooLarge() {
        return FailureCategory.EXPANSION;
    }

    @Override
    Optional<NotMeasured> outcome(SandboxedProcess.Ending ending, StageLimit limit) {
        Optional<NotMeasured> outcome = super.outcome(ending, limit);
        if (outcome.isEmpty() && size == 0) {
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
        return buffer.length == size ? buffer : Arrays.copyOf(buffer, size);
    }

    void fed(int count) {
        fedCount = count;
    }

    int fedCount() {
        return fedCount;
    }
}
