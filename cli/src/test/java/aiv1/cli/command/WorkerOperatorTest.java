package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import aiv1.cli.command.WorkerProcesses.Worker;
import aiv1.wire.Json;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Workers in processes of their own, as an operator deals with them.
@Timeout(300)
class WorkerOperatorTest {
    private static final int CONNECT_MILLISECONDS = 300;

    @TempDir private Path folder;
    private WorkerProcesses processes = new WorkerProcesses(Path.of("."));
    private Program program = new Program(Path.of("."));

    @BeforeEach
    void prepare() {
        processes = new WorkerProcesses(folder);
        program = new Program(folder.resolve("home"));
    }

    @AfterEach
    void stop() {
        processes.close();
    }

    /// Requirements 26 and 36: another process, the same build, the same place; the old one gone.
    /// What supervises it here is the test in place of the launcher.
    @Test
    void a_restart_gives_another_process_and_proves_it() throws Exception {
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, "worker-supervised: \"true\"\n");
        Worker before = processes.start("one", "--config", config.toString());
        String port = Integer.toString(URI.create(before.place()).getPort());
        CompletableFuture<Worker> after =
                before.process()
                        .onExit()
                        .thenApply(
                                ended -> {
                                    assertThat(ended.exitValue()).isEqualTo(75);
                                    try {
                                        return processes.start("one", "--port", port);
                                    } catch (IOException failed) {
                                        throw new IllegalStateException(failed);
                                    }
                                });
        Answer restarted = program.run("worker", "restart", before.place());
        assertThat(restarted.status()).as(restarted.err()).isZero();
        assertThat(restarted.out())
                .contains(
                        "process %d -> %d"
                                .formatted(before.process().pid(), after.join().process().pid()));
        assertThat(before.process().isAlive()).isFalse();
        assertThat(before.process().descendants()).isEmpty();
        // The second one is nobody's child to start again.
        Answer refused = program.run("worker", "restart", before.place());
        assertThat(refused.status()).isEqualTo(69);
        assertThat(refused.err()).contains("nobody would start this worker again");
    }

    /// Requirements 11 and 25: state, log and drain from afar, and one id on both sides.
    @Test
    void workers_are_looked_at_and_drained_from_afar() throws Exception {
        Worker worker = processes.start("one", "--name", "alpha");
        Path journal = folder.resolve("requests.jsonl");
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, "request-log: \"" + journal + "\"\n");
        Answer run =
                program.run(
                        "run",
                        "--experiments",
                        "1",
                        "--clip",
                        "rapids",
                        "--frames",
                        "2",
                        "--anchor",
                        "x264-medium",
                        "--worker",
                        worker.place(),
                        "--json",
                        "--quiet",
                        "--config",
                        config.toString());
        assertThat(run.status()).as(run.err()).isZero();
        String id =
                run.events().stream()
                        .map(event -> event.path("experiment").path("experiment_id").asString(""))
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElseThrow();
        Answer logs = program.run("logs", worker.place(), "--last", "1000", "--id", id);
        List<JsonNode> there = logs.events();
        assertThat(there.stream().map(line -> line.path("event").asString()))
                .contains("accepted", "started", "finished", "answered");
        List<JsonNode> here =
                Files.readAllLines(journal).stream()
                        .map(line -> Json.parse(line, "journal"))
                        .filter(line -> line.path("request_id").asString().equals(id))
                        .toList();
        assertThat(here.stream().map(line -> line.path("path").asString()))
                .contains("/clips", "/experiment", "/experiments/" + id)
                .allMatch(
                        path ->
                                there.stream()
                                        .anyMatch(
                                                line ->
                                                        path.startsWith(
                                                                line.path("path").asString("-"))));
        assertThat(program.run("workers", worker.place()).out()).contains("alpha", "ok");
        assertThat(program.run("status", worker.place()).out()).contains("alpha, ok", "waiting: 0");
        Process follower =
                ChildProgram.start(
                        folder.resolve("home"), "logs", worker.place(), "--last", "1", "--follow");
        try (BufferedReader followed = follower.inputReader(StandardCharsets.UTF_8)) {
            assertThat(followed.readLine()).contains("\"path\":\"/status\"");
            Answer drained = program.run("drain", worker.place());
            assertThat(drained.out()).contains(worker.place() + ": draining");
            assertThat(followed.readLine()).contains("\"path\":\"/drain\"");
        } finally {
            follower.destroyForcibly();
        }
        JsonNode listed = program.run("workers", worker.place(), "--json").json().path("workers");
        assertThat(listed.path(0).path("status").path("status").asString()).isEqualTo("draining");
        worker.kill();
        Answer lost = program.run("status", worker.place());
        assertThat(lost.status()).isEqualTo(69);
        assertThat(lost.err()).contains("connection refused: start the worker there");
        assertThat(program.run("status").err()).contains("expected the URL of a worker, got none");
    }

    /// Requirement 8, and the earlier system's incident: the orchestrator knew the address that was
    /// planned, not the one that came to be, and every experiment ended in a connection that timed
    /// out. Here nothing begins, and no model is asked.
    @Test
    void an_address_that_leads_nowhere_stops_the_start_before_a_model_is_asked() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer model =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        model.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    exchange.close();
                });
        model.start();
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket planned = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(planned, waiting);
            String url = "http://127.0.0.1:" + planned.getLocalPort();
            Answer run =
                    program.run(
                            "run",
                            "--proposer",
                            "openai:some-model",
                            "--model-url",
                            "http://127.0.0.1:" + model.getAddress().getPort(),
                            "--worker",
                            url,
                            "--quiet");
            assertThat(run.status()).isEqualTo(69);
            assertThat(run.err())
                    .contains("worker " + url + ": timed out: no connection within 5000 ms")
                    .contains("check that this is the machine's address");
            assertThat(asked).hasValue(0);
            assertThat(program.run("list", "--json").json().path("experiments")).isEmpty();
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
            model.stop(0);
        }
    }

    /// A port whose queue is full drops what else comes, as a firewall does.
    private static void fill(ServerSocket planned, List<Socket> waiting) throws IOException {
        while (true) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(planned.getLocalSocketAddress(), CONNECT_MILLISECONDS);
            } catch (java.net.SocketTimeoutException full) {
                return;
            }
        }
    }
}
