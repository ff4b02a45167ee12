package aiv1.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every [ArtifactStore] promises. Each implementation extends this.
public abstract class ArtifactStoreContract {
    private static final byte[] BYTES = "bitstream".getBytes(StandardCharsets.UTF_8);

    /// Opens the store of this test: empty the first time, then as it was left.
    protected abstract ArtifactStore open();

    /// Changes one stored byte behind the store's back.
    protected abstract void damage(ArtifactId id);

    @Test
    void what_was_never_put_is_absent() {
        assertThat(open().find(ArtifactId.of(BYTES))).isEmpty();
    }

    // Requirement 29: random bytes survive the trip.
    @Test
    void random_bytes_of_any_size_come_back_equal() {
        ArtifactStore store = open();
        Random random = new Random(29);
        for (int size : new int[] {0, 1, 2, 255, 4096, 65_537, 3_000_000}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            ArtifactId id = store.put(bytes);
            assertThat(id).isEqualTo(ArtifactId.of(bytes));
            assertThat(store.find(id)).hasValueSatisfying(it -> assertThat(it).isEqualTo(bytes));
        }
    }

    // Requirement 19
    @Test
    void what_was_put_is_there_when_opened_again() {
        ArtifactId id = open().put(BYTES);
        assertThat(open().find(id)).hasValueSatisfying(it -> assertThat(it).isEqualTo(BYTES));
    }

    @Test
    void putting_twice_changes_nothing() {
        ArtifactStore store = open();
        ArtifactId id = store.put(BYTES);
        assertThat(store.put(BYTES.clone())).isEqualTo(id);
        assertThat(store.find(id)).hasValueSatisfying(it -> assertThat(it).isEqualTo(BYTES));
    }

    // Requirement 18: the hash is equal on download, or there is no download.
    @Test
    void damaged_bytes_are_refused_with_their_name() {
        ArtifactStore store = open();
        ArtifactId id = store.put(BYTES);
        damage(id);
        assertThatThrownBy(() -> store.find(id))
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining(id.sha256())
                .hasMessageContaining("damaged");
    }

    @Test
    void putting_the_true_bytes_again_heals_damage() {
        ArtifactStore store = open();
        ArtifactId id = store.put(BYTES);
        damage(id);
        store.put(BYTES);
        assertThat(store.find(id)).hasValueSatisfying(it -> assertThat(it).isEqualTo(BYTES));
    }

    @Test
    void many_threads_may_put_the_same_bytes() throws Exception {
        ArtifactStore store = open();
        ArtifactStore second = open();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ArtifactId>> ids = new ArrayList<>();
            for (int index = 0; index < 50; index++) {
                ArtifactStore chosen = index % 2 == 0 ? store : second;
                ids.add(threads.submit(() -> chosen.put(BYTES)));
            }
            for (Future<ArtifactId> id : ids) {
                assertThat(id.get()).isEqualTo(ArtifactId.of(BYTES));
            }
        }
        assertThat(store.find(ArtifactId.of(BYTES))).isPresent();
    }

    @Test
    void an_interrupted_thread_can_still_put_and_find() {
        ArtifactStore store = open();
        Thread.currentThread().interrupt();
        try {
            assertThat(store.find(store.put(BYTES))).isPresent();
        } finally {
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        }
    }
}
