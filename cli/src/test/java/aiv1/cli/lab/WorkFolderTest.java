package aiv1.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
    @TempDir private Path parent;

    @Test
    void what_a_dead_process_left_is_cleared_away_and_the_rest_is_kept() throws IOException {
        Path dead = Files.createDirectory(parent.resolve(WorkFolder.PREFIX + "dead"));
        Files.createFile(dead.resolve(".lock"));
        Files.createDirectories(dead.resolve("inner/deep"));
        Path starting = Files.createDirectory(parent.resolve(WorkFolder.PREFIX + "starting"));
        Path foreign = Files.createDirectory(parent.resolve("foreign"));
        Path link = Files.createSymbolicLink(parent.resolve(WorkFolder.PREFIX + "link"), foreign);
        Files.createFile(foreign.resolve(".lock"));

        Path first = WorkFolder.open(parent).path();
        assertThat(dead).doesNotExist();
        assertThat(starting).isDirectory();
        assertThat(link).isSymbolicLink();

        Path second = WorkFolder.open(parent).path();
        assertThat(first).isDirectory();
        assertThat(second).isDirectory();
        assertThat(foreign.resolve(".lock")).exists();
    }

    /// Another process finds the lock taken, also when the garbage collector has been there.
    @Test
    void a_living_folder_is_left_alone_by_other_processes() throws Exception {
        Path mine = WorkFolder.open(parent).path();
        for (int i = 0; i < 5; i++) {
            System.gc();
            WorkFolder.open(parent);
        }
        Process other =
                new ProcessBuilder(
                                "/usr/bin/python3",
                                "-c",
                                "import fcntl, sys; fcntl.lockf(open(sys.argv[1], 'r+b'), fcntl.LOCK_EX | fcntl.LOCK_NB)",
                                mine.resolve(".lock").toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor()).isEqualTo(1);
        assertThat(said).contains("BlockingIOError");
    }
}
