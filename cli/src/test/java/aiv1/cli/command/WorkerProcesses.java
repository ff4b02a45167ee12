package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.wire.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Worker processes of one test, each with a home of its own; all end with it.
final class WorkerProcesses implements AutoCloseable {
    private static final Pattern PLACE = Pattern.compile("worker at (https?://[0-9.:]+), .*");

    private static final long POLL_NANOS = 20_000_000;

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    WorkerProcesses(Path folder) {
        this.folder = folder;
    }

    /// A worker process and where it listens.
    record Worker(Process process, String place) {
        /// As kill -9 does; returns when it is gone.
        void kill() {
            process.destroyForcibly().onExit().join();
        }

        JsonNode get(String path) {
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(place + path)).build();
                return Json.parse(client.send(request, BodyHandlers.ofString()).body(), path);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(over);
            }
        }

        boolean isBusy() {
            return !stage().isEmpty();
        }

        /// Of the first experiment that runs; empty for none.
        String stage() {
            JsonNode progress = get("/status").path("running").path(0).path("progress");
            return progress.path("stage").asString("");
        }
    }

    /// Starts one on a free port, whose home is `name`; it listens when this returns.
    Worker start(String name, String... more) throws IOException {
        return start(List.of(), name, more);
    }

    Worker start(List<String> javaOptions, String name, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("worker"));
        if (!Arrays.asList(more).contains("--port")) {
            arguments.addAll(List.of("--port", "0"));
        }
        arguments.addAll(List.of(more));
        Process process =
                ChildProgram.start(
                        javaOptions, folder.resolve(name), arguments.toArray(String[]::new));
        processes.add(process);
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String first = String.valueOf(out.readLine());
        Matcher place = PLACE.matcher(first);
        assertThat(place.matches()).as(first).isTrue();
        return new Worker(process, place.group(1));
    }

    Stream<Process> alive() {
        return processes.stream().filter(Process::isAlive);
    }

    /// Waits for whichever has work first.
    static Worker awaitBusy(Worker... workers) {
        while (true) {
            for (Worker worker : workers) {
                if (worker.isBusy()) {
                    return worker;
                }
            }
            // A worker answers one address so often and no more.
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /// A worker, and the stage in which it was seen.
    record Seen(Worker worker, String stage) {}

    /// Waits for whichever is first in one of the stages; empty for who is interrupted.
    static Optional<Seen> awaitStage(Collection<String> stages, Worker... workers) {
        while (!Thread.currentThread().isInterrupted()) {
            for (Worker worker : workers) {
                String stage = worker.stage();
                if (stages.contains(stage)) {
                    return Optional.of(new Seen(worker, stage));
                }
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        processes.forEach(process -> process.destroyForcibly().onExit().join());
    }
}
