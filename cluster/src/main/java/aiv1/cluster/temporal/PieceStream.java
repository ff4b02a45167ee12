package aiv1.cluster.temporal;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/// Artifacts one after the other as one stream of bytes, one of them in memory at a time. Throws
/// [LabFaultException] where one is not there.
final class PieceStream extends InputStream {
    private final Iterator<ArtifactId> left;
    private final ArtifactStore artifacts;
    private byte[] piece = {};
    private int position;

    PieceStream(List<ArtifactId> pieces, ArtifactStore artifacts) {
        this.left = pieces.iterator();
        this.artifacts = artifacts;
    }

    @Override
    public int read() {
        return advance() ? piece[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!advance()) {
            return -1;
        }
        int count = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, buffer, offset, count);
        position += count;
        return count;
    }

    /// Whether there is a byte at the position.
    private boolean advance() {
        while (position == piece.length && left.hasNext()) {
            ArtifactId id = left.next();
            piece =
                    artifacts
                            .find(id)
                            .orElseThrow(
                                    () ->
                                            new LabFaultException(
                                                    "piece %s of a clip: expected it among the artifacts, got none"
                                                            .formatted(id.sha256())));
            position = 0;
        }
        return position < piece.length;
    }
}
