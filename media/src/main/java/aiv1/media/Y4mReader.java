package aiv1.media;

import aiv1.domain.clip.VideoFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A Y4M stream read frame by frame in constant memory, refusing everything that isn't exactly as
/// it should be.
///
/// Frames count from 0. Input that is wrong throws [MediaException]; input that can't be read
/// throws [IOException].
final class Y4mReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int FRAME_LINE_BYTES_MAX = 1024;

    private final String where;
    private final InputStream in;
    private final VideoFormat format;
    private final byte[] line = new byte[Y4mHeader.LINE_BYTES_MAX];
    private int framesRead;

    /// Reads the header of `in`, which is called `where` in messages.
    Y4mReader(String where, InputStream in) throws IOException {
        this.where = where;
        this.in = new BufferedInputStream(in, BUFFER_BYTES);
        int length = readLine("header", Y4mHeader.LINE_BYTES_MAX);
        if (length < 0) {
            throw new MediaException(
                    where + ": expected a " + Y4mHeader.MAGIC + " header, got an empty file");
        }
        this.format =
                Y4mHeader.parse(where, new String(line, 0, length, StandardCharsets.ISO_8859_1));
    }

    /// Opens `file`, which is closed again when its header is refused.
    static Y4mReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            return new Y4mReader(file.getFileName().toString(), in);
        } catch (IOException | MediaException refusal) {
            in.close();
            throw refusal;
        }
    }

    VideoFormat format() {
        return format;
    }

    int framesRead() {
        return framesRead;
    }

    /// Fills `frame` with Y, U, V of the next frame; false at the end.
    boolean next(byte[] frame) throws IOException {
        if (frame.length != format.frameBytes()) {
            throw new IllegalArgumentException(
                    "frame buffer: expected %d bytes, got %d"
                            .formatted(format.frameBytes(), frame.length));
        }
        int length = readLine(frameName(), FRAME_LINE_BYTES_MAX);
        if (length < 0) {
            return false;
        }
        requireFrameLine(length);
        int got = in.readNBytes(frame, 0, frame.length);
        if (got < frame.length) {
            throw new MediaException(
                    "%s: %s: expected %d bytes, got %d"
                            .formatted(where, frameName(), frame.length, got));
        }
        framesRead++;
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private String frameName() {
        return "frame " + framesRead;
    }

    private void requireFrameLine(int length) {
        byte[] expected = {'F', 'R', 'A', 'M', 'E'};
        boolean matches = length == expected.length || (length > expected.length && line[5] == ' ');
        for (int i = 0; matches && i < expected.length; i++) {
            matches = line[i] == expected[i];
        }
        if (!matches) {
            throw new MediaException(
                    "%s: %s: expected a line FRAME, got '%s'"
                            .formatted(
                                    where, frameName(), Printable.of(line, Math.min(length, 40))));
        }
    }

    /// The length of the line now in `line`, or -1 at the end of input.
    private int readLine(String what, int bytesMax) throws IOException {
        int length = 0;
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 && length == 0) {
                return -1;
            }
            if (c < 0) {
                throw new MediaException(
                        "%s: %s: expected a whole line, got the end of the file after '%s'"
                                .formatted(where, what, Printable.of(line, Math.min(length, 40))));
            }
            if (length == bytesMax) {
                throw new MediaException(
                        "%s: %s: expected a line of at most %d bytes, got '%s...'"
                                .formatted(where, what, bytesMax, Printable.of(line, 40)));
            }
            line[length++] = (byte) c;
        }
        return length;
    }
}
