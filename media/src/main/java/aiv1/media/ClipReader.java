package aiv1.media;

import aiv1.domain.LabFaultException;
import aiv1.domain.clip.Clip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The frames of one clip in order, read from the library in constant memory. Not thread-safe.
///
/// A library file that isn't what its clip says is the lab's fault, never the reader's.
public final class ClipReader implements AutoCloseable {
    private final Clip clip;
    private final Path file;
    private final Y4mReader frames;

    ClipReader(Clip clip, Path file) {
        this.clip = clip;
        this.file = file;
        try {
            requireSize(clip, file);
            this.frames = Y4mReader.open(file);
        } catch (IOException | MediaException unreadable) {
            throw damaged(clip, file, String.valueOf(unreadable.getMessage()), unreadable);
        }
        if (!frames.format().equals(clip.format())) {
            throw damaged(
                    clip,
                    file,
                    "expected %s at %s Hz, got %s at %s Hz"
                            .formatted(
                                    clip.format(),
                                    clip.format().frameRate(),
                                    frames.format(),
                                    frames.format().frameRate()),
                    new IllegalStateException("format differs"));
        }
    }

    /// Fills `frame` (of the format's frame size) with Y, U, V of the next frame; false at the end.
    public boolean next(byte[] frame) throws IOException {
        try {
            return frames.next(frame);
        } catch (MediaException damage) {
            throw damaged(clip, file, String.valueOf(damage.getMessage()), damage);
        }
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }

    private static void requireSize(Clip clip, Path file) throws IOException {
        long expected = Y4mWriter.fileBytes(clip.format(), clip.frameCount());
        long got = Files.size(file);
        if (got != expected) {
            throw new MediaException("expected %d bytes, got %d".formatted(expected, got));
        }
    }

    private static LabFaultException damaged(Clip clip, Path file, String what, Throwable cause) {
        return new LabFaultException(
                "clip library: %s (%s): %s; delete the file and get the clip again"
                        .formatted(file, clip.name(), what),
                cause);
    }
}
