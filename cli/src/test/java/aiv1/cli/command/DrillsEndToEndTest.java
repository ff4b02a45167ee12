package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import aiv1.cli.command.WorkerProcesses.Worker;
import aiv1.wire.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Requirement 19, over the network: whoever is killed, and wherever the line is cut, nothing is
/// lost and nothing is doubled.
@Timeout(600)
class DrillsEndToEndTest {
    private static final List<String> CAMPAIGN =
            List.of(
                    "run",
                    "--experiments",
                    "3",
                    "--seed",
                    "5",
                    "--clip",
                    "rapids",
                    "--frames",
                    "2",
                    "--anchor",
                    "x264-medium",
                    "--json",
                    "--quiet",
                    "--spot-checks",
                    "0");

    private static List<String> undisturbed = List.of();

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

    @Test
    void a_campaign_that_is_killed_goes_on_with_what_its_worker_did() throws Exception {
        Worker worker = processes.start("one");
        Path home = folder.resolve("home");
        String campaign = killWhenBusy(home, worker);
        assertThat(resume(home, campaign, worker)).isEqualTo(undisturbed());
    }

    @Test
    void a_campaign_goes_on_when_it_and_its_worker_were_killed() throws Exception {
        Worker worker = processes.start("one");
        Path home = folder.resolve("home");
        String campaign = killWhenBusy(home, worker);
        worker.kill();
        assertThat(resume(home, campaign, processes.start("one"))).isEqualTo(undisturbed());
    }

    /// The clip is 1 MB; the first connections break when less than that has passed. When its
    /// result is about to be fetched the worker is killed, and another one is there in its place.
    @Test
    void a_cut_in_mid_upload_and_a_kill_in_mid_fetch_cost_time_and_nothing_else() throws Exception {
        Worker worker = processes.start("one");
        AtomicReference<Worker> again = new AtomicReference<>(worker);
        Path home = folder.resolve("home");
        int frames = 40;
        try (CuttingRelay relay = new CuttingRelay(worker.place(), 300_000, 2)) {
            relay.onFirstFetch(
                    () -> {
                        worker.kill();
                        again.set(startAgain());
                        relay.moveTo(again.get().place());
                    });
            List<String> line = new ArrayList<>(CAMPAIGN);
            line.set(line.indexOf("--frames") + 1, Integer.toString(frames));
            line.set(line.indexOf("--experiments") + 1, "1");
            line.addAll(List.of("--worker", relay.place()));
            Answer run = new Program(home).run(with(line, "--clip", importedClip(home)));
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(relay.cutCount()).isEqualTo(2);
            long clipBytes = 176 * 96 * 3 / 2 * (long) frames;
            // Each byte crossed once, but for what was on the way when the line was cut.
            assertThat(relay.uploadedBytes()).isBetween(clipBytes, 2 * clipBytes);
            assertThat(again.get()).isNotEqualTo(worker);
            assertThat(again.get().get("/experiments/" + id(run)).path("state").asString())
                    .isEqualTo("done");
            assertThat(outcomes(run)).containsExactly("measured");
        }
    }

    private Worker startAgain() {
        try {
            return processes.start("one");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String id(Answer run) {
        return run.events().stream()
                .map(event -> event.path("experiment").path("experiment_id").asString(""))
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /// A clip that no worker has.
    private String importedClip(Path home) throws IOException {
        Path source = TestClip.write(folder.resolve("noise.y4m"), 176, 96, 40);
        Answer imported =
                new Program(home).run("clip", "import", source.toString(), "--name", "noise");
        assertThat(imported.status()).as(imported.err()).isZero();
        return "noise";
    }

    /// Kills it when one experiment is recorded and the next one runs; the campaign's id.
    private static String killWhenBusy(Path home, Worker worker) throws IOException {
        Process program =
                ChildProgram.start(
                        home,
                        Stream.concat(CAMPAIGN.stream(), Stream.of("--worker", worker.place()))
                                .toArray(String[]::new));
        BufferedReader out = program.inputReader(StandardCharsets.UTF_8);
        String campaign = "";
        String event = "";
        while (!event.equals("finished")) {
            JsonNode line = Json.parse(out.readLine(), "event");
            event = line.path("event").asString();
            campaign = line.path("experiment").path("campaign_id").asString("");
        }
        Thread.ofVirtual().start(() -> out.lines().forEach(line -> {}));
        WorkerProcesses.awaitBusy(worker);
        program.destroyForcibly().onExit().join();
        return campaign;
    }

    /// The numbers of the whole campaign, in order.
    private static List<String> resume(Path home, String campaign, Worker worker) {
        Program program = new Program(home);
        Answer resumed =
                program.run(
                        "run",
                        "--resume",
                        campaign,
                        "--json",
                        "--quiet",
                        "--worker",
                        worker.place());
        assertThat(resumed.status()).as(resumed.err()).isZero();
        return stored(program);
    }

    /// One and the same for every test.
    private List<String> undisturbed() {
        if (!undisturbed.isEmpty()) {
            return undisturbed;
        }
        Program program = new Program(folder.resolve("local"));
        Answer run = program.run(CAMPAIGN.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        undisturbed = stored(program);
        return undisturbed;
    }

    private static List<String> stored(Program program) {
        List<String> numbers = new ArrayList<>();
        for (JsonNode listed : program.run("list", "--json").json().path("experiments")) {
            String id = listed.path("experiment_id").asString();
            JsonNode whole = program.run("show", id, "--json").json();
            for (JsonNode run : whole.path("runs")) {
                numbers.add(
                        "%s %s q%s %s %s"
                                .formatted(
                                        id.substring(id.lastIndexOf('.')),
                                        whole.path("candidate_id").asString(),
                                        run.path("quality").asString(),
                                        run.path("bitstream_sha256").asString(),
                                        run.path("psnr_yuv_db").asString()));
            }
        }
        assertThat(numbers).hasSize(15);
        return numbers;
    }

    private static List<String> outcomes(Answer run) {
        return run.events().stream()
                .map(event -> event.path("experiment").path("outcome").asString(""))
                .filter(outcome -> !outcome.isEmpty())
                .toList();
    }

    private static String[] with(List<String> line, String option, String value) {
        List<String> changed = new ArrayList<>(line);
        changed.set(changed.indexOf(option) + 1, value);
        return changed.toArray(String[]::new);
    }
}
