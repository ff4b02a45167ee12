package aiv1.store;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Whole files that are either there, complete and on the disk, or not there at all.
///
/// A cancelled experiment is stored by an interrupted thread, and channels close under an
/// interrupt; so this reads and writes by streams, which don't.
final class DurableFiles {
    private DurableFiles() {}

    static byte[] read(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }

    /// Writes `bytes` to a file of its own in `incoming`, forces it to the disk, and renames it to
    /// `name` in `folder`, replacing what is there; both are on one file system. When it throws,
    /// `folder` is as before and no file is left in `incoming`.
    static void write(Path incoming, Path folder, String name, byte[] bytes) throws IOException {
        Path temporary = Files.createTempFile(incoming, "", ".tmp");
        try {
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                out.write(bytes);
                out.getFD().sync();
            }
            Files.move(
                    temporary,
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        force(folder);
    }

    /// Forces a folder's entries to the disk.
    static void force(Path folder) throws IOException {
        boolean interrupted = Thread.interrupted();
        while (true) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
                break;
            } catch (ClosedByInterruptException again) {
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
