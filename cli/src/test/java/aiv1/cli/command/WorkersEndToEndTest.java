package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Campaigns whose experiments run in worker processes of their own.
@Timeout(300)
class WorkersEndToEndTest {
    private static final Pattern PLACE = Pattern.compile("worker at (http://[0-9.:]+), .*");
    private static final String[] CAMPAIGN = {
        "run",
        "--experiments",
        "3",
        "--parallel",
        "2",
        "--seed",
        "5",
        "--clip",
        "rapids",
        "--frames",
        "4",
        "--anchor",
        "x264-medium",
        "--json",
        "--quiet"
    };

    @TempDir private Path folder;
    private final List<Process> processes = new ArrayList<>();

    /// A worker process and where it listens.
    private record Worker(Process process, String place) {}

    @AfterEach
    void stop() {
        processes.forEach(process -> process.destroyForcibly().onExit().join());
    }

    /// Requirements 10, 14, 15: a worker that is killed costs time and nothing else; two
    /// experiments run side by side, and who carried them out does not show.
    @Test
    void a_campaign_goes_on_when_a_worker_is_killed() throws Exception {
        Worker first = worker("first");
        Worker second = worker("second");
        Thread killer = Thread.ofPlatform().daemon().start(() -> killWhenBusy(first, second));
        Program program = new Program(folder.resolve("home"));
        Answer remote = run(program, "--worker", first.place(), "--worker", second.place());
        killer.interrupt();
        killer.join();
        assertThat(remote.status()).as(remote.err()).isZero();
        assertThat(processes.stream().filter(Process::isAlive)).hasSize(1);
        assertThat(failures(remote)).isEmpty();
        Answer local = run(new Program(folder.resolve("local")));
        assertThat(failures(local)).isEmpty();
        assertThat(numbers(remote)).isEqualTo(numbers(local)).hasSize(15);
    }

    /// Requirement 8: the start stops at once, and says what is wrong where.
    @Test
    void an_address_where_nobody_lives_stops_the_start() throws IOException {
        Worker worker = worker("only");
        worker.process().destroyForcibly().onExit().join();
        Program program = new Program(folder.resolve("home"));
        Answer refused = run(program, "--worker", worker.place());
        assertThat(refused.status()).isEqualTo(69);
        assertThat(refused.err()).contains("worker " + worker.place() + ": connection refused");
        Answer unknown = run(program, "--worker", "http://nowhere.invalid:8080");
        assertThat(unknown.status()).isEqualTo(69);
        assertThat(unknown.err()).contains("no such host, nowhere.invalid: check the name");
        assertThat(run(program, "--worker", "nowhere").status()).isEqualTo(2);
        assertThat(program.run("list", "--json").json().path("experiments")).isEmpty();
    }

    @Test
    void a_worker_that_others_reach_wants_a_token() {
        Answer open = new Program(folder.resolve("home")).run("worker", "--host", "0.0.0.0");
        assertThat(open.status()).isEqualTo(2);
        assertThat(open.err()).contains("worker-token: expected one");
    }

    private Answer run(Program program, String... more) {
        List<String> line = new ArrayList<>(List.of(CAMPAIGN));
        line.addAll(List.of(more));
        return program.run(line.toArray(String[]::new));
    }

    private Worker worker(String name) throws IOException {
        Process process = ChildProgram.start(folder.resolve(name), "worker", "--port", "0");
        processes.add(process);
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Matcher place = PLACE.matcher(out.readLine());
        assertThat(place.matches()).isTrue();
        return new Worker(process, place.group(1));
    }

    /// Whichever has work first.
    private static void killWhenBusy(Worker... workers) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!Thread.currentThread().isInterrupted()) {
                for (Worker worker : workers) {
                    HttpRequest request =
                            HttpRequest.newBuilder(URI.create(worker.place() + "/status")).build();
                    String status = client.send(request, BodyHandlers.ofString()).body();
                    JsonNode running = Json.parse(status, "status").path("running");
                    if (running.path(0).has("progress")) {
                        worker.process().destroyForcibly();
                        return;
                    }
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /// Of experiments that were not measured.
    private static List<String> failures(Answer answer) {
        return answer.events().stream()
                .map(event -> event.path("experiment").path("failure"))
                .filter(JsonNode::isObject)
                .map(JsonNode::toString)
                .toList();
    }

    private static List<String> numbers(Answer answer) {
        List<String> numbers = new ArrayList<>();
        for (JsonNode event : answer.events()) {
            for (JsonNode run : event.path("experiment").path("runs")) {
                numbers.add(
                        "%s q%d %s %s %s"
                                .formatted(
                                        event.path("experiment").path("candidate_id").asString(),
                                        run.path("quality").intValue(),
                                        run.path("bitstream_sha256").asString(),
                                        run.path("reconstruction_sha256").asString(),
                                        run.path("psnr_yuv_db")));
            }
        }
        return numbers;
    }
}
