package aiv1.media;

import aiv1.domain.LabFaultException;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.clip.ClipOrigin;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/// The clips in one directory: `<sha256>.y4m` holds the samples, `<sha256>.json` says what they
/// are. A clip exists when both do; the samples are written first.
final class ClipFiles {
    private static final String SCHEMA = "clip/1";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final String RECORD_SUFFIX = ".json";

    private final Path directory;

    ClipFiles(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw LibraryFault.cannot("make the clip library", directory, failure);
        }
    }

    /// What the file beside the samples says. `excerpt` tells clips cut from others.
    private record Entry(
            String schema,
            String name,
            int width,
            int height,
            long rateNumerator,
            long rateDenominator,
            int frames,
            String source,
            String licence,
            String recipe,
            boolean excerpt) {}

    /// A clip of the directory, and whether it was cut from another.
    record Filed(Clip clip, boolean excerpt) {}

    static Path samples(Path directory, ClipId id) {
        return directory.resolve(id.sha256() + ".y4m");
    }

    ClipDraft draft(VideoFormat format) {
        return new ClipDraft(directory, format);
    }

    long freeBytes() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException failure) {
            throw LibraryFault.cannot("read the clip library", directory, failure);
        }
    }

    Path samples(ClipId id) {
        return samples(directory, id);
    }

    void file(Filed filed) {
        Clip clip = filed.clip();
        Entry entry =
                new Entry(
                        SCHEMA,
                        clip.name(),
                        clip.format().width(),
                        clip.format().height(),
                        clip.format().frameRate().numerator(),
                        clip.format().frameRate().denominator(),
                        clip.frameCount(),
                        clip.origin().source(),
                        clip.origin().licence(),
                        clip.origin().recipe(),
                        filed.excerpt());
        try {
            AtomicFile.write(directory, record(clip.id()), Json.MAPPER.writeValueAsBytes(entry));
        } catch (IOException failure) {
            throw LibraryFault.cannot("write", record(clip.id()), failure);
        }
    }

    /// Deletes samples that no record tells of.
    void discardUnfiled(ClipId id) {
        try {
            if (read(id).isEmpty()) {
                Files.deleteIfExists(samples(id));
            }
        } catch (IOException failure) {
            throw LibraryFault.cannot("delete", samples(id), failure);
        }
    }

    /// Forgets a clip, and deletes its samples.
    void remove(ClipId id) {
        try {
            Files.deleteIfExists(record(id));
            Files.deleteIfExists(samples(id));
        } catch (IOException failure) {
            throw LibraryFault.cannot("delete", samples(id), failure);
        }
    }

    Optional<Filed> find(ClipId id) {
        return Files.exists(samples(id)) ? read(id) : Optional.empty();
    }

    List<Filed> all() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(RECORD_SUFFIX))
                    .map(name -> name.substring(0, name.length() - RECORD_SUFFIX.length()))
                    .filter(name -> ID.matcher(name).matches())
                    .map(ClipId::new)
                    .flatMap(id -> find(id).stream())
                    .toList();
        } catch (IOException failure) {
            throw LibraryFault.cannot("read the clip library", directory, failure);
        }
    }

    private Optional<Filed> read(ClipId id) {
        try {
            Entry entry = Json.MAPPER.readValue(Files.readAllBytes(record(id)), Entry.class);
            if (!entry.schema().equals(SCHEMA)) {
                throw new IOException(
                        "expected schema %s, got %s".formatted(SCHEMA, entry.schema()));
            }
            FrameRate rate = new FrameRate(entry.rateNumerator(), entry.rateDenominator());
            Clip clip =
                    new Clip(
                            id,
                            entry.name(),
                            new VideoFormat(entry.width(), entry.height(), rate),
                            entry.frames(),
                            new ClipOrigin(entry.source(), entry.licence(), entry.recipe()));
            return Optional.of(new Filed(clip, entry.excerpt()));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException | JacksonException | IllegalArgumentException damage) {
            throw new LabFaultException(
                    "clip library: cannot read %s (%s); delete it and import the clip again"
                            .formatted(record(id), damage.getMessage()),
                    damage);
        }
    }

    private Path record(ClipId id) {
        return directory.resolve(id.sha256() + RECORD_SUFFIX);
    }
}
