package aiv1.cluster.temporal;

import aiv1.cluster.ClipFile;
import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Clips on their way through the artifact store: a clip's canonical file in pieces that fit into
/// memory, each an artifact. Packed once, and only when somebody lacks the clip. Thread-safe.
public final class ClipParcels {
    /// Bytes of a piece.
    static final int PIECE_BYTES = 8 << 20;

    private final ClipFile files;
    private final ArtifactStore artifacts;
    private final Map<ClipId, List<ArtifactId>> packed = new HashMap<>();

    public ClipParcels(ClipFile files, ArtifactStore artifacts) {
        this.files = files;
        this.artifacts = artifacts;
    }

    /// The pieces of a clip, in order.
    synchronized List<ArtifactId> pack(Clip clip) {
        List<ArtifactId> known = packed.get(clip.id());
        if (known != null) {
            return known;
        }
        List<ArtifactId> pieces = new ArrayList<>();
        try (InputStream in = Files.newInputStream(files.of(clip))) {
            byte[] piece = in.readNBytes(PIECE_BYTES);
            while (piece.length > 0) {
                pieces.add(artifacts.put(piece));
                piece = in.readNBytes(PIECE_BYTES);
            }
        } catch (IOException failure) {
            throw new LabFaultException(clip.name() + ": cannot be read", failure);
        }
        packed.put(clip.id(), List.copyOf(pieces));
        return packed.get(clip.id());
    }
}
