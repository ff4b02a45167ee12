package aiv1.media;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A file that appears whole or not at all: written under a temporary name beside its place, made
/// durable, then renamed. Closing it unpublished deletes what was written.
final class AtomicFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path temporary;
    private final FileChannel channel;
    private final OutputStream out;
    private boolean published;

    AtomicFile(Path directory) throws IOException {
        Files.createDirectories(directory);
        this.temporary = Files.createTempFile(directory, ".writing-", ".tmp");
        this.channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    /// Writes `bytes` to `target`, replacing what is there.
    static void write(Path directory, Path target, byte[] bytes) throws IOException {
        try (AtomicFile file = new AtomicFile(directory)) {
            file.out().write(bytes);
            file.publish(target);
        }
    }

    OutputStream out() {
        return out;
    }

    void publish(Path target) throws IOException {
        out.flush();
        channel.force(true);
        channel.close();
        Files.move(
                temporary,
                target,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        published = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!published) {
            Files.deleteIfExists(temporary);
        }
    }
}
