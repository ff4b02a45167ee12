package aiv1.cluster.local;

import aiv1.domain.LabFaultException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One process of a local cluster, in a session of its own, so that a terminal's Ctrl-C reaches
/// only whoever started the cluster. Its lines go to a listener. Thread-safe.
final class Child {
    private static final Path OWN_SESSION = Path.of("/usr/bin/setsid");

    private final Process process;
    private final List<Thread> readers;

    private Child(Process process, List<Thread> readers) {
        this.process = process;
        this.readers = readers;
    }

    /// Where its lines go: what it says as a result, and what it says besides.
    record Lines(Consumer<String> out, Consumer<String> err) {}

    static Child start(List<String> command, Lines lines) {
        List<String> line = new ArrayList<>();
        if (Files.isExecutable(OWN_SESSION)) {
            line.add(OWN_SESSION.toString());
        }
        line.addAll(command);
        try {
            Process process =
                    new ProcessBuilder(line)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .start();
            return new Child(
                    process,
                    List.of(
                            reader(process.getInputStream(), lines.out()),
                            reader(process.getErrorStream(), lines.err())));
        } catch (IOException failure) {
            throw new LabFaultException(command.getFirst() + ": cannot be started", failure);
        }
    }

    /// A thread of the platform's own: reading from a pipe holds a virtual thread's carrier, and a
    /// few silent processes would hold them all.
    private static Thread reader(InputStream stream, Consumer<String> lines) {
        return Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try (BufferedReader reader =
                                    new BufferedReader(
                                            new InputStreamReader(
                                                    stream, StandardCharsets.UTF_8))) {
                                reader.lines().forEach(lines);
                            } catch (IOException | UncheckedIOException over) {
                                // It ended in the middle of a line.
                                return;
                            }
                        });
    }

    long processId() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Its exit status; all that it said has been heard.
    int awaitEnd() throws InterruptedException {
        int status = process.waitFor();
        for (Thread reader : readers) {
            reader.join();
        }
        return status;
    }

    /// Asks it to end.
    void askToEnd() {
        process.destroy();
    }

    /// Ends it: asked first, forced when it takes longer than `patience`.
    void end(Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException hurried) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /// As kill -9 does; returns when it is gone.
    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
