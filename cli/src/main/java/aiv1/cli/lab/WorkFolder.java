package aiv1.cli.lab;

import aiv1.domain.LabFaultException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// A folder for what this process needs on disk while it runs, and what dead ones left.
///
/// Each folder has a file that its process keeps locked: the kernel lets go of the lock however the
/// process ends, so whoever comes next knows by it that nobody lives there, and clears it away.
/// Open to all for reading, since candidates run under other user ids.
final class WorkFolder {
    static final String PREFIX = "aiv1-work-";
    private static final String LOCK = ".lock";

    /// The locks of this process, by folder. A channel that nobody refers to is closed by the
    /// garbage collector, and its lock with it; closing any other channel of such a file would drop
    /// the lock too, so this process never opens one.
    private static final Map<Path, FileChannel> HELD = new ConcurrentHashMap<>();

    private final Path folder;

    private WorkFolder(Path folder) {
        this.folder = folder;
    }

    /// Makes one below `parent`, which is deleted when the virtual machine ends.
    static WorkFolder open(Path parent) {
        try {
            sweep(parent);
            Path folder = Files.createTempDirectory(parent, PREFIX);
            lock(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteQuietly(folder)));
            return new WorkFolder(folder);
        } catch (IOException e) {
            throw new LabFaultException(
                    "work folder: expected to write below %s, got %s".formatted(parent, e), e);
        }
    }

    Path path() {
        return folder;
    }

    /// The file gets its name when it is locked, so that nobody ever sees it free.
    private static void lock(Path folder) throws IOException {
        Path draft = folder.resolve(LOCK + ".new");
        FileChannel channel =
                FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.lock();
        HELD.put(folder, channel);
        Files.move(draft, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path found : folders) {
                if (!HELD.containsKey(found) && isDead(found)) {
                    deleteQuietly(found);
                }
            }
        }
    }

    /// Of this user, a folder and no link, with a lock that nobody holds. One without a lock file
    /// is just being made.
    private static boolean isDead(Path found) {
        Path lock = found.resolve(LOCK);
        try {
            boolean isOurs =
                    Files.isDirectory(found, LinkOption.NOFOLLOW_LINKS)
                            && Files.getOwner(found, LinkOption.NOFOLLOW_LINKS)
                                    .equals(Files.getOwner(Path.of("/proc/self")));
            if (!isOurs || !Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                    FileLock held = channel.tryLock()) {
                return held != null;
            }
        } catch (IOException gone) {
            return false;
        }
    }

    private static void deleteQuietly(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException leftForTheNextSweep) {
            return;
        }
    }
}
