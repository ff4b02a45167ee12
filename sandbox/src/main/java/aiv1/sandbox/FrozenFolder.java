package aiv1.sandbox;

import aiv1.domain.LabFaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/// A folder of files that everybody may read and nobody may write, changed last at the epoch. Names
/// have been checked before and hold no folders. Only a disk that is mounted with `strictatime`
/// shows when a file was read last.
///
/// The files have just been written, so all of them are in the page cache: whether one of them was
/// read cannot be told from how long the next read takes.
final class FrozenFolder {
    private FrozenFolder() {}

    static void write(Path folder, SortedMap<String, byte[]> files, boolean isExecutable) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
                permit(path, isExecutable ? "r-xr-xr-x" : "r--r--r--");
            }
            for (Path path : deepestFirst(folder)) {
                if (Files.isDirectory(path)) {
                    permit(path, "r-xr-xr-x");
                }
                Files.setLastModifiedTime(path, FileTime.fromMillis(0));
            }
        } catch (IOException e) {
            throw new LabFaultException("build: cannot write below %s: %s".formatted(folder, e), e);
        }
    }

    /// Lets everybody pass through a folder that is the lab's to write.
    static void open(Path folder) throws IOException {
        permit(folder, "rwxr-xr-x");
    }

    /// With all that lies below; does nothing when it is not there.
    static void delete(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            List<Path> paths = deepestFirst(folder);
            for (Path path : paths.reversed()) {
                if (Files.isDirectory(path)) {
                    permit(path, "rwx------");
                }
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new LabFaultException("build: cannot delete %s: %s".formatted(folder, e), e);
        }
    }

    private static List<Path> deepestFirst(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
