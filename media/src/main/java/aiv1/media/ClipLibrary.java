package aiv1.media;

import aiv1.domain.LabFaultException;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.clip.ClipOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The clips that the lab has: those that ship with it, those that people imported, and excerpts of
/// both; named by content.
///
/// Bundled clips are unpacked when they are first read. Thread-safe: files appear whole or not at
/// all.
public final class ClipLibrary {
    private static final int ID_PREFIX_LENGTH_MIN = 6;

    private final ClipFiles files;
    private final ClipTranscoder transcoder;
    private final ClipInbox inbox;
    private final ClipCache cache;
    private final List<BundledClip> bundled = BundledClip.all();

    private ClipLibrary(ClipFiles files, ClipTranscoder transcoder, ClipInbox inbox) {
        this.files = files;
        this.transcoder = transcoder;
        this.inbox = inbox;
        this.cache = new ClipCache(files, inbox);
    }

    public static ClipLibrary open(Path directory, Ffmpeg ffmpeg) {
        ClipFiles files = new ClipFiles(directory);
        return new ClipLibrary(
                files, new ClipTranscoder(ffmpeg, files), new ClipInbox(directory, files));
    }

    /// Bundled and imported clips by name, without excerpts. An imported one hides a bundled one of
    /// its name.
    public List<Clip> list() {
        Map<String, Clip> byName = new TreeMap<>();
        bundled.forEach(one -> byName.put(one.name(), one.clip()));
        imported().forEach(clip -> byName.put(clip.name(), clip));
        return List.copyOf(byName.values());
    }

    /// By name, by id, or by a beginning of the id that fits one clip only.
    public Optional<Clip> find(String name) {
        List<Clip> clips = list();
        Optional<Clip> named = clips.stream().filter(clip -> clip.name().equals(name)).findFirst();
        if (named.isPresent() || name.length() < ID_PREFIX_LENGTH_MIN) {
            return named;
        }
        List<Clip> fitting =
                clips.stream().filter(clip -> clip.id().sha256().startsWith(name)).toList();
        long ids = fitting.stream().map(Clip::id).distinct().count();
        return ids == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    /// The clip with the very samples of `wanted`, if they are here or can be made from a clip of
    /// that name.
    public Optional<Clip> findExact(Clip wanted) {
        Optional<Clip> stored = files.find(wanted.id()).map(ClipFiles.Filed::clip);
        if (stored.isPresent()) {
            return stored;
        }
        return find(wanted.name())
                .map(clip -> excerpt(clip, wanted.frameCount()))
                .filter(clip -> clip.id().equals(wanted.id()));
    }

    /// How many bytes of the clip's canonical file are here, of [#fileBytes]: all of them for a
    /// clip that the library has or can make.
    public long receivedBytes(Clip clip) {
        return findExact(clip).isPresent() ? fileBytes(clip) : inbox.receivedBytes(clip);
    }

    /// How many bytes the clips take that can be had again: received ones, whole or in part, and
    /// excerpts.
    public long cachedBytes() {
        return cache.bytes(Set.of());
    }

    /// Removes clips that can be had again, the least recently used first and none of `inUse`,
    /// until they and `wanted`, which may be on its way, take at most `bytesMax`. Throws
    /// [MediaException] when that does not go.
    public synchronized void makeRoom(Clip wanted, long bytesMax, Set<ClipId> inUse) {
        if (files.find(wanted.id()).isPresent()) {
            cache.touch(wanted.id());
            return;
        }
        long rest = cache.makeRoom(wanted.id(), fileBytes(wanted), bytesMax, inUse);
        if (rest + fileBytes(wanted) > bytesMax) {
            throw new MediaException(
                    "clip %s: expected room for %d bytes in a cache of %d, got %d in use"
                            .formatted(wanted.name(), fileBytes(wanted), bytesMax, rest));
        }
    }

    /// How much the disk still takes.
    public long freeBytes() {
        return files.freeBytes();
    }

    /// The size of a clip's canonical file.
    public static long fileBytes(Clip clip) {
        return ClipInbox.fileBytes(clip);
    }

    /// Takes bytes of a clip's canonical file that come from elsewhere, from `offset` on: where the
    /// last transfer of it ended. The clip is filed as soon as it is whole and has its hash. Throws
    /// [MediaException] for anything that cannot be this clip; an [IOException] of `in` keeps what
    /// came.
    public void receive(Clip clip, long offset, InputStream in) throws IOException {
        inbox.receive(clip, offset, in);
    }

    /// Throws [MediaException] when the file is no sound video, saying where, or when another
    /// imported clip has the name; nothing is left behind then.
    public synchronized Clip importFile(Path file, ImportRecipe recipe) {
        ClipTranscoder.Transcoded made = transcoder.importFile(file, recipe);
        requireFreeName(recipe.name(), made.id());
        Clip clip =
                new Clip(
                        made.id(),
                        recipe.name(),
                        made.format(),
                        made.frameCount(),
                        new ClipOrigin(
                                file.getFileName().toString(), recipe.licence(), made.recipe()));
        files.file(new ClipFiles.Filed(clip, false));
        return clip;
    }

    /// The first `frames` of a clip as a clip of its own, under the same name; the clip itself when
    /// it has no more.
    public synchronized Clip excerpt(Clip clip, int frames) {
        if (frames <= 0) {
            throw new IllegalArgumentException(
                    "%s: excerpt: expected > 0 frames, got %d".formatted(clip.name(), frames));
        }
        if (frames >= clip.frameCount()) {
            return clip;
        }
        try (ClipReader source = read(clip);
                ClipDraft draft = files.draft(clip.format())) {
            byte[] frame = new byte[clip.format().frameBytes()];
            while (draft.frameCount() < frames && source.next(frame)) {
                draft.write(frame);
            }
            ClipId id = draft.publish();
            ClipOrigin origin = clip.origin();
            Clip excerpt =
                    new Clip(
                            id,
                            clip.name(),
                            clip.format(),
                            frames,
                            new ClipOrigin(
                                    origin.source(),
                                    origin.licence(),
                                    "%s; the first %d frames of %s"
                                            .formatted(
                                                    origin.recipe(), frames, clip.id().sha256())));
            fileExcerpt(excerpt);
            return excerpt;
        } catch (IOException failure) {
            throw new LabFaultException(clip.name() + ": cannot be read", failure);
        }
    }

    /// Unpacked clips of the lab that bear their own names are not imported ones.
    private List<Clip> imported() {
        return files.all().stream()
                .filter(filed -> !filed.excerpt())
                .map(ClipFiles.Filed::clip)
                .filter(clip -> bundled.stream().noneMatch(one -> one.clip().equals(clip)))
                .toList();
    }

    private void requireFreeName(String name, ClipId id) {
        imported().stream()
                .filter(clip -> clip.name().equals(name) && !clip.id().equals(id))
                .findFirst()
                .ifPresent(
                        taken -> {
                            files.discardUnfiled(id);
                            throw new MediaException(
                                    "clip name: expected a free one, got %s, which is clip %s"
                                            .formatted(name, taken.id().abbreviated()));
                        });
    }

    /// A clip that was imported with these very frames stays what it is.
    private void fileExcerpt(Clip excerpt) {
        if (files.find(excerpt.id()).filter(filed -> !filed.excerpt()).isEmpty()) {
            files.file(new ClipFiles.Filed(excerpt, true));
        }
    }

    /// Opens a clip at its first frame.
    public ClipReader read(Clip clip) {
        return new ClipReader(clip, file(clip));
    }

    /// The canonical Y4M file of a clip, unpacked first when it is a bundled one.
    public synchronized Path file(Clip clip) {
        if (files.find(clip.id()).isEmpty()) {
            BundledClip found =
                    bundled.stream()
                            .filter(one -> one.clipSha256().equals(clip.id().sha256()))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new LabFaultException(
                                                    "clip %s (%s): expected it in the library, got none: import it again"
                                                            .formatted(
                                                                    clip.name(),
                                                                    clip.id().sha256())));
            transcoder.materialise(found);
            files.file(new ClipFiles.Filed(found.clip(), false));
        }
        return files.samples(clip.id());
    }
}
