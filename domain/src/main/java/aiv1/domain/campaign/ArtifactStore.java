package aiv1.domain.campaign;

import aiv1.domain.ArtifactId;
import java.util.Optional;

/// The seam to stored bytes, named by their SHA-256. Thread-safe; what `put` returned survives a
/// crash.
///
/// `put` of bytes that are there already changes nothing. `find` checks the hash: damaged bytes are
/// a lab fault, never returned.
public interface ArtifactStore {
    ArtifactId put(byte[] bytes);

    Optional<byte[]> find(ArtifactId id);
}
