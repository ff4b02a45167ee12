package aiv1.media;

import aiv1.domain.clip.VideoFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes the canonical Y4M form: one fixed header per format and frames without parameters, so
/// that equal frames make equal files.
final class Y4mWriter {
    private static final byte[] FRAME_LINE = "FRAME\n".getBytes(StandardCharsets.US_ASCII);

    private final VideoFormat format;
    private final OutputStream out;

    Y4mWriter(VideoFormat format, OutputStream out) throws IOException {
        this.format = format;
        this.out = out;
        out.write(Y4mHeader.canonical(format));
    }

    /// The size of a canonical file.
    static long fileBytes(VideoFormat format, long frameCount) {
        return Y4mHeader.canonical(format).length
                + frameCount * ((long) FRAME_LINE.length + format.frameBytes());
    }

    void write(byte[] frame) throws IOException {
        if (frame.length != format.frameBytes()) {
            throw new IllegalArgumentException(
                    "frame: expected %d bytes, got %d"
                            .formatted(format.frameBytes(), frame.length));
        }
        out.write(FRAME_LINE);
        out.write(frame);
    }
}
