package aiv1.sandbox;

import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Stage;
import java.io.IOException;

/// What a decoder gives: frames, each handed on as it comes, each of exactly the clip's size.
final class DecodeCollected extends Collected {
    private final CodecJob job;
    private final FrameSink frames;
    private int frameCount;

    DecodeCollected(CodecJob job, FrameSink frames) {
        super(Stage.DECODE);
        this.job = job;
        this.frames = frames;
    }

    @Override
    public boolean accept(MessageReader.Message message) throws IOException {
        if (message.letter() != MessageReader.FRAME) {
            return super.accept(message);
        }
        byte[] frame = message.payload();
        if (frame.length != job.format().frameBytes()) {
            return refuse(
                    FailureCategory.DIMENSION_MISMATCH,
                    "frame %d: expected %d bytes, got %d"
                            .formatted(frameCount, job.format().frameBytes(), frame.length));
        }
        if (frameCount == job.frameCount()) {
            return refuse(
                    FailureCategory.FRAME_COUNT,
                    "expected %d frames, got more".formatted(job.frameCount()));
        }
        frames.accept(frameCount, frame);
        frameCount++;
        job.frameProgress().accept(frameCount);
        return true;
    }

    /// A byte more than a frame, so that one of a wrong size is still told as such.
    @Override
    public long payloadBytesMax(char letter) {
        return letter == MessageReader.FRAME
                ? job.format().frameBytes() + 1L
                : super.payloadBytesMax(letter);
    }

    int frameCount() {
        return frameCount;
    }
}
