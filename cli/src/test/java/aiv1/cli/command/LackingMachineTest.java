package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the machine lacks is told in one message, with the right status: a JDK, the right to
/// install, room on the disk, a build that is new enough.
class LackingMachineTest {
    private static final Path ROOT = Path.of(System.getProperty("aiv1.root"));
    private static final int USER_VERSION_OFFSET = 60;

    @TempDir private Path folder;

    private record Answer(int status, String text) {}

    /// The launcher sees this machine without its JDKs.
    @Test
    void no_jdk_25_is_one_line_and_status_69() throws Exception {
        Answer answer =
                execute(
                        hiding("/usr/lib/jvm", "/opt"),
                        "--setenv",
                        "HOME",
                        "/nonexistent",
                        ROOT.resolve("aiv1").toString(),
                        "list");
        assertThat(answer.status()).as(answer.text()).isEqualTo(69);
        assertThat(answer.text()).startsWith("aiv1: no JDK 25 found").hasLineCount(1);
    }

    /// Set-up as an ordinary user who may not install: it says the one command.
    @Test
    void set_up_without_the_right_prints_the_one_command() throws Exception {
        List<String> line = hiding("/usr/lib/python3/dist-packages", "/usr/local/lib");
        line.addAll(List.of("--unshare-user", "--uid", "1000", "--gid", "1000"));
        Answer answer =
                execute(
                        line,
                        "--setenv",
                        "HOME",
                        folder.toString(),
                        "sh",
                        ROOT.resolve("setup/setup.sh").toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(69);
        assertThat(answer.text().lines().toList().getLast())
                .startsWith("aiv1 setup: as the administrator, run: apt-get update && apt-get")
                .contains("python3-scipy");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_clip_that_does_not_fit_on_the_disk_is_told_and_leaves_nothing() throws Exception {
        assumeTrue(
                execute(List.of("unshare"), "-rm", "mount", "-t", "tmpfs", "none", "/mnt").status()
                        == 0,
                "unshare -rm: expected leave to mount a tmpfs, got refused");
        Path clip = folder.resolve("large.y4m");
        try (var out = Files.newOutputStream(clip)) {
            out.write("YUV4MPEG2 W640 H480 F30:1\n".getBytes(StandardCharsets.US_ASCII));
            for (int frame = 0; frame < 5; frame++) {
                out.write("FRAME\n".getBytes(StandardCharsets.US_ASCII));
                out.write(new byte[640 * 480 * 3 / 2]);
            }
        }
        Path home = Files.createDirectory(folder.resolve("home"));
        Answer answer =
                execute(
                        List.of("unshare"),
                        "-rm",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=1m none '%s' && { \"$@\"; s=$?; find '%s' -type f; exit $s; }"
                                .formatted(home, home),
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "aiv1.cli.Main",
                        "clip",
                        "import",
                        clip.toString(),
                        "--name",
                        "large",
                        "--home",
                        home.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(70);
        assertThat(answer.text())
                .contains(home.resolve("clips").toString(), "No space left on device", "free some")
                .hasLineCount(1);
    }

    @Test
    void a_ledger_of_a_newer_build_is_told() throws IOException {
        Path home = folder.resolve("home");
        assertThat(new Program(home).run("list").status()).isZero();
        try (FileChannel ledger =
                FileChannel.open(home.resolve("ledger.db"), StandardOpenOption.WRITE)) {
            ByteBuffer version = ByteBuffer.allocate(Integer.BYTES).putInt(99).flip();
            ledger.write(version, USER_VERSION_OFFSET);
        }
        Program.Answer answer = new Program(home).run("list");
        assertThat(answer.status()).isEqualTo(70);
        assertThat(answer.err())
                .startsWith("aiv1: ")
                .containsPattern(
                        "ledger\\.db: expected a ledger of version \\d+ or older, got version 99");
    }

    /// This machine, but for some folders, which are empty, and with a bare environment.
    private static List<String> hiding(String... folders) {
        List<String> line = new ArrayList<>(List.of("bwrap", "--dev-bind", "/", "/"));
        for (String hidden : folders) {
            if (Files.isDirectory(Path.of(hidden)) && !ROOT.startsWith(hidden)) {
                line.addAll(List.of("--tmpfs", hidden));
            }
        }
        line.addAll(List.of("--clearenv", "--setenv", "PATH", "/usr/bin:/bin"));
        return line;
    }

    private static Answer execute(List<String> start, String... rest)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(start);
        line.addAll(List.of(rest));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return new Answer(process.exitValue(), text);
        } finally {
            process.destroyForcibly();
        }
    }
}
