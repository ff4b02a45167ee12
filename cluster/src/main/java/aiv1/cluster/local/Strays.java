package aiv1.cluster.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Processes of a local cluster that are left over, found by the mark that their command lines
/// carry. None of another home has it.
public final class Strays {
    private static final Duration END_TIME_MAX = Duration.ofSeconds(10);

    private Strays() {}

    /// A process of the cluster, and how it was started, in few words.
    public record Stray(ProcessHandle process, String what) {}

    /// Those whose command lines carry `mark`, but this process.
    public static List<Stray> find(String mark) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .flatMap(
                        process ->
                                commandLine(process).stream()
                                        .filter(words -> carries(words, mark))
                                        .map(words -> new Stray(process, what(words))))
                .toList();
    }

    /// Ends them, with force those that take too long.
    public static void end(List<Stray> strays) {
        strays.forEach(stray -> stray.process().destroy());
        CompletableFuture<Void> all =
                CompletableFuture.allOf(
                        strays.stream()
                                .map(stray -> stray.process().onExit())
                                .toArray(CompletableFuture[]::new));
        try {
            all.get(END_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException slow) {
            strays.forEach(stray -> stray.process().destroyForcibly());
            strays.forEach(stray -> stray.process().onExit().join());
        } catch (InterruptedException hurried) {
            strays.forEach(stray -> stray.process().destroyForcibly());
            Thread.currentThread().interrupt();
        }
    }

    private static boolean carries(List<String> words, String mark) {
        return words.stream().anyMatch(word -> word.equals(mark) || word.endsWith("=" + mark));
    }

    private static String what(List<String> words) {
        for (String role : List.of("start-dev", "worker", "run", "up")) {
            if (words.contains(role)) {
                return role.equals("start-dev") ? "server" : role;
            }
        }
        return "process";
    }

    private static List<List<String>> commandLine(ProcessHandle process) {
        try {
            String text =
                    Files.readString(
                            Path.of("/proc", Long.toString(process.pid()), "cmdline"),
                            StandardCharsets.ISO_8859_1);
            return List.of(List.of(text.split("\0", -1)));
        } catch (IOException gone) {
            return List.of();
        }
    }
}
