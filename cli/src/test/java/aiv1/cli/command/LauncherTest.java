package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Requirements 26 and 36: the launcher starts a worker again that asks for it, and no other; what
/// it starts here is a script in place of Java.
@Timeout(60)
class LauncherTest {
    @TempDir private Path root;

    @BeforeEach
    void prepare() throws IOException {
        Path launcher = Path.of(System.getProperty("aiv1.root")).resolve("aiv1");
        Files.copy(launcher, root.resolve("aiv1"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(root.resolve("pom.xml"), "");
        Files.createDirectories(root.resolve("cli/target"));
        Files.createDirectories(root.resolve("cli/src/main"));
        Files.createDirectories(root.resolve("examples"));
        Files.writeString(root.resolve("cli/pom.xml"), "");
        Files.writeString(root.resolve("cli/target/aiv1.jar"), "");
        Files.createDirectories(root.resolve("jdk/bin"));
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        Files.writeString(root.resolve("cli/target/.built"), "");
        script("jdk/bin/javac", "exit 0");
    }

    @Test
    void a_worker_that_ends_with_75_is_started_again_as_another_process() throws Exception {
        java(
                "echo \"run $$ $AIV1_WORKER_SUPERVISED\"; [ -f again ] && exit 0; touch again; exit 75");
        Process launcher = start("worker", "--port", "0");
        List<String> lines = launcher.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(launcher.waitFor()).isZero();
        assertThat(lines)
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(line -> line.endsWith(" true"));
    }

    @Test
    void a_worker_that_fails_is_not_started_again_and_its_status_is_told() throws Exception {
        java("echo run; exit 70");
        Process launcher = start("worker");
        assertThat(launcher.inputReader(StandardCharsets.UTF_8).lines()).containsExactly("run");
        assertThat(launcher.waitFor()).isEqualTo(70);
    }

    @Test
    void another_command_takes_the_place_of_the_launcher() throws Exception {
        java("echo $$; exit 75");
        Process launcher = start("list");
        assertThat(launcher.inputReader(StandardCharsets.UTF_8).lines())
                .containsExactly(Long.toString(launcher.pid()));
        assertThat(launcher.waitFor()).isEqualTo(75);
    }

    /// As a service manager stops it.
    @Test
    void a_signal_reaches_the_worker_and_no_orphan_is_left() throws Exception {
        java("trap 'echo drained; exit 0' TERM; echo $$; while :; do sleep 0.05; done");
        Process launcher = start("worker");
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(launcher.getInputStream(), StandardCharsets.UTF_8));
        long worker = Long.parseLong(out.readLine());
        launcher.toHandle().destroy();
        assertThat(out.readLine()).isEqualTo("drained");
        assertThat(launcher.waitFor()).isZero();
        assertThat(ProcessHandle.of(worker).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private void java(String body) throws IOException {
        script("jdk/bin/java", "cd '" + root + "'\n" + body);
    }

    private void script(String name, String body) throws IOException {
        Path file = root.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(root.resolve("aiv1").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }
}
