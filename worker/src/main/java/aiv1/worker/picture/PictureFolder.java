package aiv1.worker.picture;

import aiv1.domain.LabFaultException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Files that can be made again, in one folder and within a bound: the least recently used go out.
///
/// A file appears whole or not at all, and carries when it was last used, so that a start knows
/// too. While one is written it may stand beside the bound. Several programs may use one folder.
final class PictureFolder {
    private static final long MEBIBYTE = 1 << 20;
    private static final Pattern TEMPORARY = Pattern.compile("\\.making-([0-9]{1,10})-.*");

    private final Path folder;
    private final long bytesMax;
    private final InstantSource clock;

    PictureFolder(Path folder, long bytesMax, InstantSource clock) {
        this.folder = folder;
        this.bytesMax = bytesMax;
        this.clock = clock;
    }

    /// Writes one file, whose place is only its own.
    @FunctionalInterface
    interface Writer {
        void write(Path temporary) throws IOException;
    }

    private record Entry(Path file, long bytes, FileTime usedAt) {}

    /// Notes that it is used now.
    Optional<Path> find(String name) {
        Path file = folder.resolve(name);
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return Optional.of(file);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failure) {
            throw cannot("read", file, failure);
        }
    }

    /// Has `writer` write a file of about `bytes`, 0 when that is not known. Throws
    /// [PictureException] when the bound has no room for it.
    void make(String name, long bytes, Writer writer) {
        requireFits(name, bytes);
        try {
            Files.createDirectories(folder);
            removeAbandoned();
            makeRoom(bytes);
            Path temporary =
                    Files.createTempFile(
                            folder, ".making-%d-".formatted(ProcessHandle.current().pid()), "");
            try {
                writer.write(temporary);
                requireFits(name, Files.size(temporary));
                makeRoom(Files.size(temporary));
                try (FileChannel whole = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    whole.force(true);
                }
                Files.setLastModifiedTime(temporary, FileTime.from(clock.instant()));
                Files.move(
                        temporary,
                        folder.resolve(name),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException failure) {
            throw cannot("write", folder.resolve(name), failure);
        }
    }

    /// What all of it takes now.
    long bytes() {
        try {
            return entries().stream().mapToLong(Entry::bytes).sum();
        } catch (IOException failure) {
            throw cannot("read", folder, failure);
        }
    }

    private void requireFits(String name, long bytes) {
        if (bytes > bytesMax) {
            throw new PictureException(
                    Picture.Reason.UNAVAILABLE,
                    "%s: expected room for %d MiB of pictures, got %d MiB: raise the setting page-pictures"
                            .formatted(name, bytes / MEBIBYTE + 1, bytesMax / MEBIBYTE));
        }
    }

    private void makeRoom(long coming) throws IOException {
        List<Entry> entries = entries();
        long bytes = entries.stream().mapToLong(Entry::bytes).sum();
        for (Entry entry : entries) {
            if (bytes + coming <= bytesMax) {
                return;
            }
            Files.deleteIfExists(entry.file());
            bytes -= entry.bytes();
        }
    }

    /// The least recently used first, without what is being written.
    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return entries;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[a-z]*")) {
            for (Path file : files) {
                read(file).ifPresent(entries::add);
            }
        }
        entries.sort(Comparator.comparing(Entry::usedAt));
        return entries;
    }

    /// Absent when another program has made room.
    private static Optional<Entry> read(Path file) throws IOException {
        try {
            return Optional.of(new Entry(file, Files.size(file), Files.getLastModifiedTime(file)));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /// What a program that was killed had begun.
    private void removeAbandoned() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".making-*")) {
            for (Path file : files) {
                Matcher matcher = TEMPORARY.matcher(file.getFileName().toString());
                if (matcher.matches()
                        && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static LabFaultException cannot(String verb, Path file, IOException failure) {
        return new LabFaultException(
                "pictures: cannot %s %s (%s): look at the disk's free space and rights"
                        .formatted(verb, file, failure),
                failure);
    }
}
