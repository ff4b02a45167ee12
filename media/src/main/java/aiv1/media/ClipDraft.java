package aiv1.media;

import aiv1.domain.LabFaultException;
import aiv1.domain.Sha256;
import aiv1.domain.clip.ClipId;
import aiv1.domain.clip.VideoFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/// A clip being written: its frames go to a temporary file, its id is known when it is published.
/// Closing it unpublished leaves nothing behind.
final class ClipDraft implements AutoCloseable {
    /// A day at 12 frames per second; nobody means more.
    static final int FRAMES_MAX = 1_000_000;

    private final Path directory;
    private final MessageDigest digest = Sha256.digest();
    private final AtomicFile file;
    private final Y4mWriter writer;
    private int frameCount;

    ClipDraft(Path directory, VideoFormat format) {
        this.directory = directory;
        try {
            this.file = new AtomicFile(directory);
            this.writer = new Y4mWriter(format, new DigestOutputStream(file.out(), digest));
        } catch (IOException failure) {
            throw LibraryFault.cannot("write a clip in", directory, failure);
        }
    }

    int frameCount() {
        return frameCount;
    }

    void write(byte[] frame) {
        if (frameCount == FRAMES_MAX) {
            throw new MediaException(
                    "clip: expected at most %d frames, got more".formatted(FRAMES_MAX));
        }
        try {
            writer.write(frame);
        } catch (IOException failure) {
            throw LibraryFault.cannot("write a clip in", directory, failure);
        }
        frameCount++;
    }

    ClipId publish() {
        ClipId id = new ClipId(Sha256.hex(digest));
        try {
            file.publish(ClipFiles.samples(directory, id));
        } catch (IOException failure) {
            throw LibraryFault.cannot("write a clip in", directory, failure);
        }
        return id;
    }

    /// Publishes only frames that make the clip `expected`.
    void publishAs(ClipId expected, String name) {
        String got = Sha256.hex(digest);
        if (!got.equals(expected.sha256())) {
            throw new LabFaultException(
                    "clip %s: expected SHA-256 %s, got %s; this ffmpeg makes other frames of it"
                            .formatted(name, expected.sha256(), got));
        }
        try {
            file.publish(ClipFiles.samples(directory, expected));
        } catch (IOException failure) {
            throw LibraryFault.cannot("write a clip in", directory, failure);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failure) {
            throw LibraryFault.cannot("clean up in", directory, failure);
        }
    }
}
