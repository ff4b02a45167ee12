package aiv1.worker.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.LabFaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The least recently used goes out, and nothing is ever there by half.
class PictureFolderTest {
    private static final int SIZE = 400;

    @TempDir private Path home;
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-31T12:00:00Z"));

    @Test
    void the_least_recently_used_goes_out_when_there_is_no_room() throws IOException {
        PictureFolder folder = folder(1000);
        make(folder, "a", SIZE);
        make(folder, "b", SIZE);
        later();
        assertThat(folder.find("a")).isPresent();
        make(folder, "c", SIZE);
        assertThat(names()).containsExactly("a", "c");
        assertThat(folder.find("b")).isEmpty();
        assertThat(folder.bytes()).isLessThanOrEqualTo(1000);
    }

    @Test
    void when_something_was_used_is_known_after_a_start() throws IOException {
        PictureFolder before = folder(1000);
        make(before, "a", SIZE);
        make(before, "b", SIZE);
        later();
        before.find("a");
        PictureFolder after = folder(1000);
        make(after, "c", SIZE);
        assertThat(names()).containsExactly("a", "c");
    }

    @Test
    void a_file_that_was_begun_and_not_ended_is_not_there() throws IOException {
        PictureFolder folder = folder(1000);
        assertThatThrownBy(
                        () ->
                                folder.make(
                                        "a",
                                        SIZE,
                                        file -> {
                                            Files.write(file, new byte[SIZE / 2]);
                                            assertThat(folder.find("a")).isEmpty();
                                            throw new IOException("the disk is full");
                                        }))
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining("the disk is full")
                .hasMessageContaining("free space");
        assertThat(names()).isEmpty();
    }

    @Test
    void what_a_killed_program_began_is_removed_and_what_a_living_one_writes_is_not()
            throws IOException {
        PictureFolder folder = folder(1000);
        Path folderPath = Files.createDirectories(home.resolve("pictures"));
        // No system gives out so high a process id.
        Files.write(folderPath.resolve(".making-2147483647-x"), new byte[SIZE]);
        String mine = ".making-%d-x".formatted(ProcessHandle.current().pid());
        Files.write(folderPath.resolve(mine), new byte[SIZE]);
        make(folder, "a", SIZE);
        assertThat(names()).containsExactly(mine, "a");
    }

    @Test
    void what_never_fits_is_refused_with_the_setting_to_raise() throws IOException {
        PictureFolder folder = folder(1000);
        make(folder, "a", SIZE);
        assertThatThrownBy(() -> make(folder, "b", 1001))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("raise the setting page-pictures");
        assertThatThrownBy(() -> folder.make("b", 0, file -> Files.write(file, new byte[1001])))
                .isInstanceOf(PictureException.class);
        assertThat(names()).containsExactly("a");
    }

    private PictureFolder folder(long bytesMax) {
        return new PictureFolder(home.resolve("pictures"), bytesMax, now::get);
    }

    private void make(PictureFolder folder, String name, int bytes) {
        later();
        folder.make(name, bytes, file -> Files.write(file, new byte[bytes]));
    }

    private void later() {
        now.updateAndGet(time -> time.plusSeconds(1));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("pictures"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
