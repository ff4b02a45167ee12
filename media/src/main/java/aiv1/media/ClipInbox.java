package aiv1.media;

import aiv1.domain.Sha256;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/// Clips on their way in from another machine: what has come so far is kept, so that a transfer
/// that broke goes on where it ended.
///
/// `<sha256>.part` beside the clips holds the beginning of the canonical Y4M file. When its length
/// is that of the clip, its hash must be too; then it takes its place under its name, else it is
/// deleted. Thread-safe: one transfer of a clip at a time.
final class ClipInbox {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path directory;
    private final ClipFiles files;

    ClipInbox(Path directory, ClipFiles files) {
        this.directory = directory;
        this.files = files;
    }

    static long fileBytes(Clip clip) {
        return Y4mWriter.fileBytes(clip.format(), clip.frameCount());
    }

    /// How many bytes of the clip's file have come so far.
    synchronized long receivedBytes(Clip clip) {
        Path part = part(clip.id());
        try {
            return Files.exists(part) ? Files.size(part) : 0;
        } catch (IOException failure) {
            throw LibraryFault.cannot("read", part, failure);
        }
    }

    /// Takes bytes of the clip's file from `offset` on, to the end of `in` or of the file. What
    /// came before a failure of `in` is kept. Throws [MediaException] for an offset that is not
    /// where the last transfer ended, for too many bytes, and for a file that is not the clip.
    synchronized void receive(Clip clip, long offset, InputStream in) throws IOException {
        long received = receivedBytes(clip);
        if (offset != received) {
            throw new MediaException(
                    "clip %s: offset: expected %d, got %d"
                            .formatted(clip.id().abbreviated(), received, offset));
        }
        long left = fileBytes(clip) - received;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (FileChannel out =
                FileChannel.open(
                        part(clip.id()), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            int count = in.read(buffer);
            while (count >= 0) {
                if (count > left) {
                    throw new MediaException(
                            "clip %s: expected %d bytes, got more"
                                    .formatted(clip.id().abbreviated(), fileBytes(clip)));
                }
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                left -= count;
                count = in.read(buffer);
            }
            if (left == 0) {
                out.force(true);
            }
        }
        if (left == 0) {
            publish(clip);
        }
    }

    private void publish(Clip clip) throws IOException {
        Path part = part(clip.id());
        String got = hash(part);
        if (!got.equals(clip.id().sha256())) {
            Files.delete(part);
            throw new MediaException(
                    "clip %s: expected SHA-256 %s, got %s"
                            .formatted(clip.name(), clip.id().sha256(), got));
        }
        Path place = files.samples(clip.id());
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        try (Y4mReader reader = Y4mReader.open(place)) {
            if (!reader.format().equals(clip.format())) {
                throw new MediaException(
                        "clip %s: expected %s, got %s"
                                .formatted(clip.name(), clip.format(), reader.format()));
            }
        } catch (MediaException refused) {
            files.discardUnfiled(clip.id());
            throw refused;
        }
        files.file(new ClipFiles.Filed(clip, true));
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            int count = in.read(buffer);
            while (count >= 0) {
                digest.update(buffer, 0, count);
                count = in.read(buffer);
            }
        }
        return Sha256.hex(digest);
    }

    private Path part(ClipId id) {
        return directory.resolve(id.sha256() + ".part");
    }
}
