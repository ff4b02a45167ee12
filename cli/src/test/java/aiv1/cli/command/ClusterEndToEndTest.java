package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import aiv1.cluster.local.LocalCluster;
import aiv1.cluster.local.Strays;
import aiv1.cluster.local.TemporalProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Campaigns by way of a real Temporal server and worker processes. The tests of the profile
/// `cluster`.
@Tag("cluster")
@Timeout(900)
class ClusterEndToEndTest {
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
        "--quiet",
        "--no-page"
    };

    private static final long PATIENCE_SECONDS = 120;

    @TempDir private Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final BlockingQueue<String> workerLines = new LinkedBlockingQueue<>();
    private final List<LocalCluster> clusters = new ArrayList<>();

    @AfterEach
    void stop() {
        processes.forEach(process -> process.destroyForcibly().onExit().join());
        clusters.forEach(LocalCluster::close);
        Strays.end(Strays.find(LocalCluster.mark(folder.resolve("home/cluster"))));
    }

    /// Requirements 6, 7, 10, 15: a worker that is killed in the middle costs one attempt and
    /// nothing else, one that only seemed dead does not double anything, and who carried
    /// experiments out does not show in candidates, bytes and decibels.
    @Test
    void a_campaign_is_the_same_in_process_on_workers_and_on_a_cluster_that_loses_one()
            throws Exception {
        LocalCluster cluster = server();
        String url = cluster.address().toString();
        Path home = folder.resolve("shared");
        Process first = worker(home, url, "first");
        worker(home, url, "second");
        Thread killer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    awaitLine("first", "begun, attempt 1");
                                    first.destroyForcibly().onExit().join();
                                });
        Answer clustered = run(new Program(home), "--cluster", url);
        killer.join();
        assertThat(clustered.status()).as(clustered.err()).isZero();
        assertThat(failures(clustered)).isEmpty();
        assertThat(clustered.err()).contains("begun again").contains("attempt 2");
        List<Integer> attempts = attempts(new Program(home).run("list", "--json"));
        assertThat(attempts).containsExactlyInAnyOrder(1, 1, 2);
        try (WorkerProcesses direct = new WorkerProcesses(folder)) {
            Answer remote =
                    run(
                            new Program(folder.resolve("remote")),
                            "--worker",
                            direct.start("direct").place());
            assertThat(numbers(clustered)).isEqualTo(numbers(remote)).hasSize(15);
        }
        Answer local = run(new Program(folder.resolve("local")));
        assertThat(numbers(clustered)).isEqualTo(numbers(local));
    }

    /// Delivery is at least once: a worker that stood still so long that another one took its
    /// experiment finds out when it goes on, and one result is left.
    @Test
    void a_worker_that_stood_still_leaves_one_result() throws Exception {
        LocalCluster cluster = server();
        String url = cluster.address().toString();
        Path home = folder.resolve("shared");
        Process first = worker(home, url, "first");
        Thread stopper =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    awaitLine("first", "begun, attempt 1");
                                    signal("STOP", first);
                                    worker(home, url, "second");
                                    awaitLine("second", "begun, attempt 2");
                                    signal("CONT", first);
                                });
        Answer answer = run(new Program(home), "--cluster", url, "--experiments", "1");
        stopper.join();
        assertThat(answer.status()).as(answer.err()).isZero();
        assertThat(failures(answer)).isEmpty();
        assertThat(answer.err()).contains("attempt 2").contains("one result is taken");
        assertThat(attempts(new Program(home).run("list", "--json"))).containsExactly(2);
        awaitLine("first", "not wanted any more");
    }

    @Test
    void a_cluster_that_is_not_there_stops_the_start_and_says_what_to_do() {
        Answer refused =
                run(
                        new Program(folder.resolve("home")),
                        "--cluster",
                        "temporal://127.0.0.1:1/aiv1");
        assertThat(refused.status()).isEqualTo(69);
        assertThat(refused.err())
                .contains("cluster temporal://127.0.0.1:1/aiv1: expected a Temporal server")
                .contains("aiv1 up");
        Answer wrong = run(new Program(folder.resolve("home")), "--cluster", "http://x");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err())
                .contains(
                        "expected temporal://HOST:PORT/NAMESPACE, or temporals:// with TLS, got 'http://x'");
    }

    /// Requirement 26: nothing is left over, even of a cluster whose head was cut off.
    @Test
    void up_and_down_leave_no_process_behind() throws Exception {
        Path home = folder.resolve("home");
        String mark = LocalCluster.mark(home.resolve("cluster"));
        Process up =
                new ProcessBuilder(ChildProgram.line(home, "up", "--idle"))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        processes.add(up);
        try (BufferedReader err =
                new BufferedReader(
                        new InputStreamReader(up.getErrorStream(), StandardCharsets.UTF_8))) {
            assertThat(err.lines().anyMatch(line -> line.contains("ready: aiv1 run"))).isTrue();
            assertThat(Strays.find(mark)).hasSize(3);
            Answer second = new Program(home).run("up", "--idle");
            assertThat(second.status()).isEqualTo(2);
            assertThat(second.err()).contains("process " + up.pid());
            up.destroyForcibly().onExit().join();
            assertThat(Strays.find(mark)).hasSize(3);
            Answer down = new Program(home).run("down");
            assertThat(down.status()).isZero();
            assertThat(down.out()).contains("ended: server").contains("ended: worker");
            assertThat(Strays.find(mark)).isEmpty();
            assertThat(new Program(home).run("down").out()).contains("nothing runs");
        }
    }

    private LocalCluster server() throws InterruptedException {
        Path program =
                TemporalProgram.find(System.getenv())
                        .orElseThrow(
                                () ->
                                        new AssertionError(
                                                "CLUSTER MODE IS NOT TESTED: no Temporal server in TEMPORAL_BIN, the cache or on PATH: run 'aiv1 setup'"));
        LocalCluster cluster =
                LocalCluster.start(
                        program, folder.resolve("server"), 0, (process, isResult, text) -> {});
        clusters.add(cluster);
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        return cluster;
    }

    /// It takes work when this returns.
    private Process worker(Path home, String url, String name) {
        try {
            Process process =
                    new ProcessBuilder(
                                    ChildProgram.line(
                                            home, "worker", "--cluster", url, "--name", name))
                            .start();
            processes.add(process);
            Thread.ofVirtual()
                    .start(
                            () ->
                                    process.errorReader(StandardCharsets.UTF_8)
                                            .lines()
                                            .forEach(workerLines::add));
            // Two lines are all that it says there.
            assertThat(process.inputReader(StandardCharsets.UTF_8).readLine())
                    .startsWith("worker " + name);
            return process;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Of the workers' logs; lines before it are gone then.
    private void awaitLine(String worker, String what) {
        try {
            while (true) {
                String line = workerLines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (line == null) {
                    throw new AssertionError("expected '" + what + "' of " + worker);
                }
                if (line.contains("\"" + worker + "\"") && line.contains(what)) {
                    return;
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static void signal(String name, Process process) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static Answer run(Program program, String... more) {
        List<String> line = new ArrayList<>(List.of(CAMPAIGN));
        for (String word : more) {
            // A later option takes the place of an earlier one.
            int at = word.startsWith("--") ? line.indexOf(word) : -1;
            if (at >= 0) {
                line.remove(at + 1);
                line.remove(at);
            }
            line.add(word);
        }
        return program.run(line.toArray(String[]::new));
    }

    private static List<String> failures(Answer answer) {
        return answer.events().stream()
                .map(event -> event.path("experiment").path("failure"))
                .filter(JsonNode::isObject)
                .map(JsonNode::toString)
                .toList();
    }

    private static List<Integer> attempts(Answer list) {
        return list.json()
                .path("experiments")
                .valueStream()
                .map(one -> one.path("provenance").path("attempt").asInt(1))
                .toList();
    }

    private static List<String> numbers(Answer answer) {
        List<String> numbers = new ArrayList<>();
        for (JsonNode event : answer.events()) {
            for (JsonNode run : event.path("experiment").path("runs")) {
                numbers.add(
                        "%s q%d %d %s %s %s"
                                .formatted(
                                        event.path("experiment").path("candidate_id").asString(),
                                        run.path("quality").intValue(),
                                        run.path("stream_bytes").longValue(),
                                        run.path("bitstream_sha256").asString(),
                                        run.path("reconstruction_sha256").asString(),
                                        run.path("psnr_yuv_db")));
            }
        }
        return numbers;
    }
}
