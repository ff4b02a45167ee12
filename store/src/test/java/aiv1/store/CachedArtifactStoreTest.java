package aiv1.store;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedArtifactStoreTest extends ArtifactStoreContract {
    private static final byte[] BYTES = {1, 2, 3};

    @TempDir private Path home;

    @Override
    protected ArtifactStore open() {
        return new CachedArtifactStore(far(), near());
    }

    /// Both copies, for one of them alone does no harm.
    @Override
    protected void damage(ArtifactId id) {
        damage("far", id);
        damage("near", id);
    }

    @Test
    void what_was_put_is_far_away_and_what_was_found_is_near() {
        ArtifactId put = open().put(BYTES);
        assertThat(far().find(put)).isPresent();
        ArtifactId found = far().put(new byte[] {4});
        assertThat(near().find(found)).isEmpty();
        assertThat(open().find(found)).isPresent();
        assertThat(near().find(found)).isPresent();
    }

    @Test
    void a_damaged_copy_is_replaced_from_afar() {
        ArtifactId id = open().put(BYTES);
        damage("near", id);
        assertThat(open().find(id)).hasValueSatisfying(it -> assertThat(it).isEqualTo(BYTES));
        assertThat(near().find(id)).isPresent();
    }

    @Test
    void a_copy_that_finds_no_room_is_no_fault() {
        ArtifactStore full = new FullStore();
        ArtifactId id = new CachedArtifactStore(far(), full).put(BYTES);
        assertThat(far().find(id)).isPresent();
        assertThat(new CachedArtifactStore(far(), full).find(id))
                .hasValueSatisfying(it -> assertThat(it).isEqualTo(BYTES));
    }

    /// Takes nothing.
    private static final class FullStore implements ArtifactStore {
        @Override
        public ArtifactId put(byte[] bytes) {
            throw new StoreException("full", "room", "none");
        }

        @Override
        public Optional<byte[]> find(ArtifactId id) {
            return Optional.empty();
        }
    }

    private ArtifactStore far() {
        return FileArtifactStore.open(home.resolve("far"));
    }

    private ArtifactStore near() {
        return FileArtifactStore.open(home.resolve("near"));
    }

    private void damage(String where, ArtifactId id) {
        Path file = home.resolve(where).resolve(id.sha256().substring(0, 2)).resolve(id.sha256());
        try {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
