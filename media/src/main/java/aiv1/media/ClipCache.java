package aiv1.media;

import aiv1.domain.clip.ClipId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Bounds the clips that came from elsewhere or were cut from others: what can be had again. Clips
/// that people imported are never touched.
///
/// A clip's file carries when it was last used, so that a start knows too. The least recently used
/// goes first, never one in use, and its record goes before its samples: without a record there is
/// no clip.
final class ClipCache {
    private final ClipFiles files;

    ClipCache(ClipFiles files) {
        this.files = files;
    }

    /// Notes that a clip is used now.
    void touch(ClipId id) {
        try {
            Files.setLastModifiedTime(files.samples(id), FileTime.from(Instant.now()));
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException failure) {
            throw LibraryFault.cannot("mark as used", files.samples(id), failure);
        }
    }

    /// The bytes of all clips that can be had again.
    long bytes() {
        return removable(Set.of()).stream().mapToLong(Entry::bytes).sum();
    }

    /// Removes clips until the rest and `coming` bytes fit into `bytesMax`, as far as that goes
    /// without those `inUse`.
    void makeRoom(long coming, long bytesMax, Set<ClipId> inUse) {
        long bytes = bytes();
        for (Entry entry : removable(inUse)) {
            if (bytes + coming <= bytesMax) {
                return;
            }
            files.remove(entry.id());
            bytes -= entry.bytes();
        }
    }

    private record Entry(ClipId id, long bytes, FileTime usedAt) {}

    /// The least recently used first.
    private List<Entry> removable(Set<ClipId> inUse) {
        return files.all().stream()
                .filter(ClipFiles.Filed::excerpt)
                .map(filed -> filed.clip().id())
                .filter(id -> !inUse.contains(id))
                .map(this::entry)
                .sorted(Comparator.comparing(Entry::usedAt))
                .toList();
    }

    private Entry entry(ClipId id) {
        Path samples = files.samples(id);
        try {
            return new Entry(id, Files.size(samples), Files.getLastModifiedTime(samples));
        } catch (IOException failure) {
            throw LibraryFault.cannot("read", samples, failure);
        }
    }
}
