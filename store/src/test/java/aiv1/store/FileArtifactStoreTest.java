package aiv1.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileArtifactStoreTest extends ArtifactStoreContract {
    private static final byte[] BYTES = {1, 2, 3};

    @TempDir private Path home;

    @Override
    protected ArtifactStore open() {
        return FileArtifactStore.open(directory());
    }

    @Override
    protected void damage(ArtifactId id) {
        try {
            byte[] bytes = Files.readAllBytes(file(id));
            bytes[bytes.length / 2] ^= 1;
            Files.write(file(id), bytes);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Test
    void a_file_is_named_by_the_hash_of_its_bytes() throws IOException {
        ArtifactId id = open().put(BYTES);
        assertThat(file(id)).hasBinaryContent(BYTES);
        assertThat(incoming()).isEmpty();
    }

    @Test
    void a_file_cut_short_is_refused_with_its_path() throws IOException {
        ArtifactStore store = open();
        ArtifactId id = store.put(BYTES);
        Files.write(file(id), new byte[0]);
        assertThatThrownBy(() -> store.find(id))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file(id).toString())
                .hasMessageContaining("0 damaged bytes");
    }

    @Test
    void what_a_killed_process_left_goes_after_an_hour() throws IOException {
        open();
        Instant now = Instant.parse("2026-01-31T12:00:00Z");
        Path old = temporary("old.tmp", now.minus(Duration.ofMinutes(61)));
        Path recent = temporary("recent.tmp", now.minus(Duration.ofMinutes(59)));
        FileArtifactStore.open(directory(), InstantSource.fixed(now));
        assertThat(old).doesNotExist();
        assertThat(recent).exists();
    }

    @Test
    void a_home_that_is_a_file_is_named() throws IOException {
        Files.writeString(directory(), "not a folder");
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(directory().toString())
                .hasMessageContaining("expected a folder that can be written");
    }

    @Test
    void a_folder_that_refuses_leaves_nothing_behind() throws IOException {
        ArtifactStore store = open();
        ArtifactId id = ArtifactId.of(BYTES);
        Files.writeString(file(id).getParent(), "in the way");
        assertThatThrownBy(() -> store.put(BYTES))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file(id).toString())
                .hasMessageContaining("3 bytes");
        assertThat(incoming()).isEmpty();
    }

    @Test
    void a_rename_that_is_refused_leaves_nothing_behind() throws IOException {
        ArtifactStore store = open();
        ArtifactId id = ArtifactId.of(BYTES);
        Files.createDirectories(file(id).resolve("in the way"));
        assertThatThrownBy(() -> store.put(BYTES)).isInstanceOf(StoreException.class);
        assertThat(incoming()).isEmpty();
    }

    private Path directory() {
        return home.resolve("artifacts");
    }

    private Path file(ArtifactId id) {
        return directory().resolve(id.sha256().substring(0, 2)).resolve(id.sha256());
    }

    private Stream<Path> incoming() throws IOException {
        try (Stream<Path> files = Files.list(directory().resolve("incoming"))) {
            return files.toList().stream();
        }
    }

    private Path temporary(String name, Instant modified) throws IOException {
        Path file = Files.writeString(directory().resolve("incoming").resolve(name), "half");
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }
}
