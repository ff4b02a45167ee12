package aiv1.media;

import aiv1.domain.clip.ClipId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Bounds the clips that came from elsewhere, whole or in part, or were cut from others: what can
/// be had again. Clips that people imported are never touched.
///
/// A clip's file carries when it was last used, so that a start knows too. The least recently used
/// goes first, never one in use or one that is coming, and its record goes before its samples:
/// without a record there is no clip.
final class ClipCache {
    private final ClipFiles files;
    private final ClipInbox inbox;

    ClipCache(ClipFiles files, ClipInbox inbox) {
        this.files = files;
        this.inbox = inbox;
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

    /// The bytes of all clips that can be had again but those `apart`.
    long bytes(Set<ClipId> apart) {
        return removable(apart).stream().mapToLong(Entry::bytes).sum();
    }

    /// Removes clips until the rest and the `bytes` of the clip `coming` fit into `bytesMax`, as
    /// far as that goes without those `inUse`. Gives what the rest takes.
    long makeRoom(ClipId coming, long bytes, long bytesMax, Set<ClipId> inUse) {
        Set<ClipId> kept = new HashSet<>(inUse);
        kept.add(coming);
        long rest = bytes(Set.of(coming));
        for (Entry entry : removable(kept)) {
            if (rest + bytes <= bytesMax) {
                return rest;
            }
            if (entry.remove().getAsBoolean()) {
                rest -= entry.bytes();
            }
        }
        return rest;
    }

    /// `remove` says whether it could.
    private record Entry(ClipId id, long bytes, FileTime usedAt, BooleanSupplier remove) {}

    /// The least recently used first.
    private List<Entry> removable(Set<ClipId> apart) {
        Stream<Entry> whole =
                files.all().stream()
                        .filter(ClipFiles.Filed::excerpt)
                        .map(filed -> entry(filed.clip().id()));
        Stream<Entry> unfinished = inbox.unfinished().stream().map(this::entry);
        return Stream.concat(whole, unfinished)
                .filter(entry -> !apart.contains(entry.id()))
                .sorted(Comparator.comparing(Entry::usedAt))
                .toList();
    }

    private Entry entry(ClipInbox.Unfinished part) {
        return new Entry(part.id(), part.bytes(), part.changedAt(), () -> inbox.discard(part.id()));
    }

    private Entry entry(ClipId id) {
        Path samples = files.samples(id);
        try {
            return new Entry(
                    id,
                    Files.size(samples),
                    Files.getLastModifiedTime(samples),
                    () -> {
                        files.remove(id);
                        return true;
                    });
        } catch (IOException failure) {
            throw LibraryFault.cannot("read", samples, failure);
        }
    }
}
