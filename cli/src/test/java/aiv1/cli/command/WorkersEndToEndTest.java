package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import aiv1.cli.command.WorkerProcesses.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Campaigns whose experiments run in worker processes of their own.
@Timeout(600)
class WorkersEndToEndTest {
    /// Those that a worker tells; frames are measured as they are decoded.
    private static final List<String> STAGES = List.of("build", "encode", "decode", "verify");

    private static final String[] CAMPAIGN = {
        "run",
        "--experiments",
        "6",
        "--parallel",
        "2",
        "--seed",
        "5",
        "--clip",
        "rapids",
        "--frames",
        "10",
        "--anchor",
        "x264-medium",
        "--json",
        "--quiet"
    };

    @TempDir private Path folder;
    private WorkerProcesses processes = new WorkerProcesses(Path.of("."));

    @BeforeEach
    void prepare() {
        processes = new WorkerProcesses(folder);
    }

    @AfterEach
    void stop() {
        processes.close();
    }

    /// Requirements 6, 7, 10, 14, 15: a worker that is killed, in whatever stage, costs time and
    /// nothing else; started again on another port under the same name it is found and used; two
    /// experiments run side by side, and who carried them out does not show.
    @Test
    void a_campaign_goes_on_when_a_worker_is_killed_and_started_again_elsewhere() throws Exception {
        Path firstFile = folder.resolve("first.url");
        Path secondFile = folder.resolve("second.url");
        Worker first = worker("first", firstFile);
        Worker second = worker("second", secondFile);
        List<Worker> again = Collections.synchronizedList(new ArrayList<>());
        Thread killer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    Worker one = first;
                                    Worker other = second;
                                    List<String> left = new ArrayList<>(STAGES);
                                    while (!left.isEmpty()) {
                                        Optional<WorkerProcesses.Seen> seen =
                                                WorkerProcesses.awaitStage(left, one, other);
                                        if (seen.isEmpty()) {
                                            return;
                                        }
                                        left.remove(seen.get().stage());
                                        Worker busy = seen.get().worker();
                                        busy.kill();
                                        if (busy.equals(one)) {
                                            one = worker("first", firstFile);
                                            again.add(one);
                                        } else {
                                            other = worker("second", secondFile);
                                            again.add(other);
                                        }
                                    }
                                });
        Program program = new Program(folder.resolve("home"));
        Answer remote =
                run(program, "--worker", "file:" + firstFile, "--worker", "file:" + secondFile);
        // A stage that never came while the campaign ran comes no more.
        killer.interrupt();
        killer.join();
        assertThat(remote.status()).as(remote.err()).isZero();
        assertThat(failures(remote)).isEmpty();
        assertThat(remote.err())
                .contains("lost: worker")
                .contains("joined: worker " + again.getFirst().place());
        assertThat(again).hasSameSizeAs(STAGES);
        assertThat(again.getFirst().place()).isNotIn(first.place(), second.place());
        // They were used: what a worker was asked for stays known to it.
        assertThat(again.stream().filter(worker -> worker.process().isAlive()))
                .anyMatch(worker -> !experimentsOf(remote, worker).isEmpty());
        Answer local = run(new Program(folder.resolve("local")));
        assertThat(failures(local)).isEmpty();
        assertThat(numbers(remote)).isEqualTo(numbers(local)).hasSize(30);
    }

    /// Requirement 8: the start stops at once, and says what is wrong where; no model was asked.
    @Test
    void an_address_where_nobody_lives_stops_the_start() throws IOException {
        Worker worker = processes.start("only");
        worker.kill();
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

    /// Requirement 9: what deployment scripts call.
    @Test
    void the_doctor_looks_at_a_worker_from_afar() throws IOException {
        Worker worker = processes.start("only", "--name", "here");
        Program program = new Program(folder.resolve("home"));
        Answer good = program.run("doctor", "--worker", worker.place(), "--json");
        assertThat(good.status()).as(good.out()).isZero();
        assertThat(
                        good.json()
                                .path("findings")
                                .valueStream()
                                .map(one -> one.path("what").asString()))
                .containsExactly(
                        "name",
                        "connection",
                        "service",
                        "build",
                        "clock",
                        "readiness",
                        "token",
                        "devices",
                        "disk",
                        "canary codec");
        assertThat(good.out())
                .contains("worker here, process " + worker.process().pid())
                .contains("1159 bytes, PSNR-Y 34.83 dB, SSIM-Y 0.9980: as known");
        worker.kill();
        Answer bad = program.run("doctor", "--worker", worker.place());
        assertThat(bad.status()).isEqualTo(69);
        assertThat(bad.out())
                .contains("WRONG")
                .contains(
                        "worker %s: connection refused: start the worker there, or correct the port"
                                .formatted(worker.place()));
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

    private Worker worker(String name, Path announcement) {
        try {
            return processes.start(name, "--name", name, "--announce", announcement.toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Those of the campaign that this worker carried out to the end.
    private static List<String> experimentsOf(Answer campaign, Worker worker) {
        return campaign.events().stream()
                .map(event -> event.path("experiment").path("experiment_id").asString(""))
                .filter(id -> !id.isEmpty())
                .filter(
                        id ->
                                worker.get("/experiments/" + id)
                                        .path("state")
                                        .asString("")
                                        .equals("done"))
                .toList();
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
