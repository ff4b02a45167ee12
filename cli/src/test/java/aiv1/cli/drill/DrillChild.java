package aiv1.cli.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A process of the drill: its lines are heard, it is killed and started again. It ends by itself
/// when the drill's own process is gone.
final class DrillChild implements AutoCloseable {
    private final List<String> command;
    private final Map<String, String> environment;
    private final Consumer<String> lines;
    private final Consumer<Integer> ended;
    private Process process;
    private boolean isWanted = true;

    /// `ended` hears the status of each end that was nobody's wish; then it is started again.
    private DrillChild(
            List<String> command,
            Map<String, String> environment,
            Consumer<String> lines,
            Consumer<Integer> ended) {
        this.command = command;
        this.environment = environment;
        this.lines = lines;
        this.ended = ended;
        this.process = begin();
    }

    static DrillChild start(
            List<String> command,
            Map<String, String> environment,
            Consumer<String> lines,
            Consumer<Integer> ended) {
        DrillChild child = new DrillChild(command, environment, lines, ended);
        child.watch();
        return child;
    }

    /// The command line of [DrillProcess].
    static List<String> command(String... arguments) {
        return java(DrillProcess.class, arguments);
    }

    static List<String> java(Class<?> main, String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Xmx256m",
                        "-Daws.accessKeyId=local",
                        "-Daws.secretAccessKey=local-secret",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        main.getName()));
        line.addAll(List.of(arguments));
        return line;
    }

    synchronized Process process() {
        return process;
    }

    /// As kill -9 does; it is started again at once.
    void kill() {
        Process old = process();
        old.destroyForcibly().onExit().join();
    }

    /// As kill -9 does, and it stays dead until it is started.
    void killForNow() {
        synchronized (this) {
            isWanted = false;
        }
        kill();
    }

    synchronized void startAgain() {
        isWanted = true;
        process = begin();
        watch();
    }

    /// Waits for an end that is due.
    void awaitEnd() throws InterruptedException {
        synchronized (this) {
            isWanted = false;
        }
        process().waitFor();
    }

    @Override
    public void close() {
        killForNow();
    }

    private Process begin() {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void watch() {
        Process now = process();
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                now.inputReader(StandardCharsets.UTF_8).lines().forEach(lines);
                            } catch (UncheckedIOException closed) {
                                // It was killed in mid-line.
                            }
                            int status = now.onExit().join().exitValue();
                            synchronized (this) {
                                if (!isWanted || process != now) {
                                    return;
                                }
                                if (status != 137) {
                                    ended.accept(status);
                                }
                                process = begin();
                            }
                            watch();
                        });
    }
}
