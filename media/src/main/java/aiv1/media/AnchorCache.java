package aiv1.media;

import aiv1.domain.LabFaultException;
import aiv1.domain.Sha256;
import aiv1.domain.clip.Clip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// The anchors' curves, computed once for ever and kept by clip and identity.
///
/// Thread-safe within a process: one curve is computed at a time, so that the CPU times mean
/// something.
public final class AnchorCache {
    private static final String SCHEMA = "anchor-curve/2";

    private final Path directory;
    private final Ffmpeg ffmpeg;
    private final AnchorEncoder encoder;

    public AnchorCache(Path directory, Ffmpeg ffmpeg, ClipLibrary clips) {
        this.directory = directory;
        this.ffmpeg = ffmpeg;
        this.encoder = new AnchorEncoder(ffmpeg, clips);
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw LibraryFault.cannot("make the anchor cache", directory, failure);
        }
    }

    private record Entry(String schema, AnchorCurve curve) {}

    /// The curve, computed now when it was not before.
    public synchronized AnchorCurve curve(Anchor anchor, Clip clip, AnchorListener listener) {
        Optional<AnchorCurve> cached = findCached(anchor, clip);
        if (cached.isPresent()) {
            return cached.get();
        }
        List<AnchorPoint> points = new ArrayList<>();
        for (int setting : anchor.settings()) {
            listener.point(points.size() + 1, anchor.settings().size());
            points.add(encoder.measure(anchor, setting, clip));
        }
        AnchorCurve curve = new AnchorCurve(anchor.name(), identity(anchor), clip.id(), points);
        Path file = file(anchor, clip);
        try {
            AtomicFile.write(
                    directory, file, Json.MAPPER.writeValueAsBytes(new Entry(SCHEMA, curve)));
        } catch (IOException failure) {
            throw LibraryFault.cannot("write", file, failure);
        }
        return curve;
    }

    /// The curve if it was computed before.
    public Optional<AnchorCurve> findCached(Anchor anchor, Clip clip) {
        Path file = file(anchor, clip);
        try {
            Entry entry = Json.MAPPER.readValue(Files.readAllBytes(file), Entry.class);
            return entry.schema().equals(SCHEMA) ? Optional.of(entry.curve()) : Optional.empty();
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException | JacksonException damage) {
            throw new LabFaultException(
                    "anchor cache: cannot read %s (%s): delete it"
                            .formatted(file, damage.getMessage()),
                    damage);
        }
    }

    private Path file(Anchor anchor, Clip clip) {
        return directory.resolve(
                "%s-%s-%s.json"
                        .formatted(
                                anchor.name(),
                                identity(anchor).substring(0, 16),
                                clip.id().sha256()));
    }

    private String identity(Anchor anchor) {
        return Sha256.of(ffmpeg.identity() + "\n" + anchor);
    }
}
