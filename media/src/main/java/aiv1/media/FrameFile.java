package aiv1.media;

import aiv1.domain.clip.VideoFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/// Frames in a canonical Y4M file outside the library: written in order, read one by one.
public final class FrameFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int FRAME_LINE_BYTES = "FRAME\n".length();

    private final OutputStream out;
    private final Y4mWriter writer;

    private FrameFile(VideoFormat format, OutputStream out) throws IOException {
        this.out = out;
        this.writer = new Y4mWriter(format, out);
    }

    /// Begins a new file at `file`, replacing what is there.
    public static FrameFile create(Path file, VideoFormat format) throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
        return new FrameFile(format, out);
    }

    /// The size of a whole file.
    public static long bytes(VideoFormat format, int frameCount) {
        return Y4mWriter.fileBytes(format, frameCount);
    }

    /// Y, U, V of one frame, counted from 0; throws [IOException] when the file has no such frame.
    public static byte[] read(Path file, VideoFormat format, int index) throws IOException {
        byte[] frame = new byte[format.frameBytes()];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(Y4mWriter.fileBytes(format, index) + FRAME_LINE_BYTES);
            in.readFully(frame);
        }
        return frame;
    }

    public void write(byte[] frame) throws IOException {
        writer.write(frame);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
