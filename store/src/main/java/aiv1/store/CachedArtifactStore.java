package aiv1.store;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import java.util.Optional;

/// Artifacts that are far away, with a copy of what was used on this machine.
///
/// An artifact never changes, so a copy is never out of date. What was put is far away before `put`
/// returns; the copy may be deleted at any time, and is left out where it finds no room. A damaged
/// copy is replaced from afar.
public final class CachedArtifactStore implements ArtifactStore {
    private final ArtifactStore far;
    private final ArtifactStore near;

    public CachedArtifactStore(ArtifactStore far, ArtifactStore near) {
        this.far = far;
        this.near = near;
    }

    @Override
    public ArtifactId put(byte[] bytes) {
        ArtifactId id = far.put(bytes);
        keepNear(bytes);
        return id;
    }

    @Override
    public Optional<byte[]> find(ArtifactId id) {
        Optional<byte[]> copy = findNear(id);
        if (copy.isPresent()) {
            return copy;
        }
        Optional<byte[]> found = far.find(id);
        found.ifPresent(this::keepNear);
        return found;
    }

    /// A copy saves time and nothing else: one that finds no room is no fault.
    private void keepNear(byte[] bytes) {
        try {
            near.put(bytes);
        } catch (LabFaultException full) {
            return;
        }
    }

    private Optional<byte[]> findNear(ArtifactId id) {
        try {
            return near.find(id);
        } catch (LabFaultException damaged) {
            return Optional.empty();
        }
    }
}
