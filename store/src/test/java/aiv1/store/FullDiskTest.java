package aiv1.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fills up, for real: a tmpfs of one MiB in a mount namespace of its own.
class FullDiskTest {
    @TempDir private Path home;

    @Test
    void a_full_disk_is_told_and_nothing_is_half_written() throws Exception {
        assumeTrue(mayMount(), "unshare -rm: expected leave to mount a tmpfs, got refused");
        String said;
        try (ChildJvm child =
                ChildJvm.start(
                        List.of(
                                "unshare",
                                "-rm",
                                "sh",
                                "-c",
                                "mount -t tmpfs -o size=1m none '" + home + "' && exec \"$@\"",
                                "sh"),
                        FillingProcess.class,
                        home.toString())) {
            said = child.readAll();
            assertThat(child.waitFor()).as(said).isZero();
        }
        assertThat(said.lines())
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .startsWith("ledger " + home.resolve("ledger.db"))
                                        .contains("expected room on the disk, or nothing of it")
                                        .contains("SQLITE_FULL"))
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .startsWith("artifacts " + home.resolve("artifacts"))
                                        .contains("expected room for 30000 bytes")
                                        .contains("No space left on device"))
                .anySatisfy(line -> assertThat(line).startsWith("refused " + home))
                .contains(
                        "campaigns true",
                        "kept true",
                        "left 0",
                        "proposals false",
                        "again true",
                        "results 2")
                .doesNotContain("absent false");
    }

    private static boolean mayMount() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
