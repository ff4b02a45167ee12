package aiv1.media;

import aiv1.domain.Sha256;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Clips on their way in from another machine: what has come so far is kept, so that a transfer
/// that broke goes on where it ended.
///
/// `<sha256>.part` beside the clips holds the beginning of the canonical Y4M file. When its length
/// is that of the clip, its hash must be too; then it takes its place under its name, else it is
/// deleted. Thread-safe: one transfer of a clip at a time, those of several clips side by side.
final class ClipInbox {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String SUFFIX = ".part";

    private final Path directory;
    private final ClipFiles files;
    private final Map<ClipId, ReentrantLock> transfers = new ConcurrentHashMap<>();

    ClipInbox(Path directory, ClipFiles files) {
        this.directory = directory;
        this.files = files;
    }

    static long fileBytes(Clip clip) {
        return Y4mWriter.fileBytes(clip.format(), clip.frameCount());
    }

    /// What has come of a clip, and when the last of it came.
    record Unfinished(ClipId id, long bytes, FileTime changedAt) {}

    /// How many bytes of the clip's file have come so far.
    long receivedBytes(Clip clip) {
        return find(clip.id()).map(Unfinished::bytes).orElse(0L);
    }

    /// The clips that are not whole yet.
    List<Unfinished> unfinished() {
        try (Stream<Path> list = Files.list(directory)) {
            return list.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .flatMap(name -> find(new ClipId(name)).stream())
                    .toList();
        } catch (IOException failure) {
            throw LibraryFault.cannot("read the clip library", directory, failure);
        }
    }

    /// Forgets what has come of a clip; false while more of it comes.
    boolean discard(ClipId id) {
        ReentrantLock transfer = transfer(id);
        if (!transfer.tryLock()) {
            return false;
        }
        try {
            Files.deleteIfExists(part(id));
            return true;
        } catch (IOException failure) {
            throw LibraryFault.cannot("delete", part(id), failure);
        } finally {
            transfer.unlock();
        }
    }

    /// Takes bytes of the clip's file from `offset` on, to the end of `in` or of the file. What
    /// came before a failure of `in` is kept. Throws [MediaException] for an offset that is not
    /// where the last transfer ended, for too many bytes, and for a file that is not the clip.
    void receive(Clip clip, long offset, InputStream in) throws IOException {
        ReentrantLock transfer = transfer(clip.id());
        transfer.lock();
        try {
            if (files.find(clip.id()).isEmpty()) {
                append(clip, offset, in);
            }
        } finally {
            transfer.unlock();
        }
    }

    private void append(Clip clip, long offset, InputStream in) throws IOException {
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

    private Optional<Unfinished> find(ClipId id) {
        Path part = part(id);
        try {
            return Optional.of(
                    new Unfinished(id, Files.size(part), Files.getLastModifiedTime(part)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failure) {
            throw LibraryFault.cannot("read", part, failure);
        }
    }

    /// One lock for each clip that ever came; they are few and small.
    private ReentrantLock transfer(ClipId id) {
        return transfers.computeIfAbsent(id, any -> new ReentrantLock());
    }

    private Path part(ClipId id) {
        return directory.resolve(id.sha256() + SUFFIX);
    }
}
