package aiv1.store;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import java.util.Optional;

/// Artifacts, for whoever can wait for a store that is away.
public record PatientArtifacts(ArtifactStore store, Patience patience) implements ArtifactStore {
    @Override
    public ArtifactId put(byte[] bytes) {
        return patience.with(() -> store.put(bytes));
    }

    @Override
    public Optional<byte[]> find(ArtifactId id) {
        return patience.with(() -> store.find(id));
    }
}
