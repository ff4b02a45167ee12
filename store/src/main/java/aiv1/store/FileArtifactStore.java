package aiv1.store;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Artifacts as files: `ab/abcdef...`, each named by the SHA-256 of its bytes, so that `sha256sum`
/// can check them.
///
/// Invariants: a file under its final name is complete, for it was forced to the disk under another
/// name in `incoming` first and then renamed. No file is ever changed; one whose bytes were damaged
/// is replaced when its true bytes are put again. Several processes may share the folder.
public final class FileArtifactStore implements ArtifactStore {
    /// What a killed process left in `incoming` goes when it is older than this.
    private static final Duration TEMPORARY_AGE_MAX = Duration.ofHours(1);

    private static final int SHARD_LENGTH = 2;

    private final Path directory;
    private final Path incoming;
    private final Set<Path> forcedShards = ConcurrentHashMap.newKeySet();

    private FileArtifactStore(Path directory) {
        this.directory = directory;
        this.incoming = directory.resolve("incoming");
    }

    /// Opens the store in `directory`, which is made when it is not there.
    public static FileArtifactStore open(Path directory) {
        return open(directory, InstantSource.system());
    }

    static FileArtifactStore open(Path directory, InstantSource clock) {
        FileArtifactStore store = new FileArtifactStore(directory);
        try {
            Files.createDirectories(store.incoming);
            store.removeOldTemporaries(clock.instant().minus(TEMPORARY_AGE_MAX));
        } catch (IOException refused) {
            throw new StoreException(
                    directory.toString(), "a folder that can be written", reason(refused), refused);
        }
        return store;
    }

    @Override
    public ArtifactId put(byte[] bytes) {
        ArtifactId id = ArtifactId.of(bytes);
        Path file = file(id);
        try {
            if (holds(file, bytes)) {
                DurableFiles.force(shard(id));
                return id;
            }
            makeShard(shard(id));
            DurableFiles.write(incoming, shard(id), id.sha256(), bytes);
        } catch (IOException refused) {
            throw new StoreException(
                    file.toString(),
                    "room for " + bytes.length + " bytes in a folder that can be written",
                    reason(refused) + "; nothing of it is kept",
                    refused);
        }
        return id;
    }

    @Override
    public Optional<byte[]> find(ArtifactId id) {
        Path file = file(id);
        byte[] bytes;
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            bytes = DurableFiles.read(file);
        } catch (IOException refused) {
            throw new StoreException(
                    file.toString(), "a file that can be read", reason(refused), refused);
        }
        ArtifactId actual = ArtifactId.of(bytes);
        if (!actual.equals(id)) {
            throw new StoreException(
                    file.toString(),
                    "bytes with the SHA-256 of the file's name",
                    "%d damaged bytes with %s".formatted(bytes.length, actual.sha256()));
        }
        return Optional.of(bytes);
    }

    private Path shard(ArtifactId id) {
        return directory.resolve(id.sha256().substring(0, SHARD_LENGTH));
    }

    private Path file(ArtifactId id) {
        return shard(id).resolve(id.sha256());
    }

    private static boolean holds(Path file, byte[] bytes) throws IOException {
        return Files.exists(file)
                && Files.size(file) == bytes.length
                && Arrays.equals(DurableFiles.read(file), bytes);
    }

    /// Makes the folder when it is not there. Its entry is forced to the disk once per process,
    /// whoever made it.
    private void makeShard(Path shard) throws IOException {
        if (forcedShards.contains(shard)) {
            return;
        }
        try {
            Files.createDirectory(shard);
        } catch (FileAlreadyExistsException present) {
            if (!Files.isDirectory(shard)) {
                throw present;
            }
        }
        DurableFiles.force(directory);
        forcedShards.add(shard);
    }

    private void removeOldTemporaries(Instant before) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(incoming, "*.tmp")) {
            for (Path file : files) {
                removeIfOlder(file, before);
            }
        }
    }

    private static void removeIfOlder(Path file, Instant before) throws IOException {
        try {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException gone) {
            return; // its owner finished meanwhile
        }
    }

    private static String reason(IOException refused) {
        if (refused instanceof FileSystemException at && at.getReason() != null) {
            return at.getReason() + " (" + at.getFile() + ")";
        }
        return refused.getClass().getSimpleName() + ": " + refused.getMessage();
    }
}
