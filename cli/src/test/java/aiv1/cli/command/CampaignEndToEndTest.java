package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A campaign of the built-in inventor on a real clip, through all rooms.
class CampaignEndToEndTest {
    private static final String[] CAMPAIGN = {
        "run",
        "--experiments",
        "3",
        "--seed",
        "11",
        "--clip",
        "rapids",
        "--frames",
        "3",
        "--anchor",
        "x264-medium",
        "--json",
        "--quiet"
    };

    @TempDir private static Path folder;
    private static Answer whole;

    @BeforeAll
    static void run_once() {
        whole = new Program(folder.resolve("whole")).run(CAMPAIGN);
        assertThat(whole.status()).as(whole.err()).isZero();
    }

    /// Requirements 1 and 2.
    @Test
    void every_experiment_is_started_finished_and_told_as_an_event() {
        List<JsonNode> events = whole.events();
        assertThat(events.getFirst().path("event").asString()).isEqualTo("campaign");
        assertThat(events.getLast().path("state").asString()).isEqualTo("done");
        assertThat(named(events, "started")).hasSize(3);
        assertThat(named(events, "finished")).hasSize(3);
        assertThat(named(events, "phase")).hasSizeGreaterThan(30);
        for (JsonNode finished : named(events, "finished")) {
            assertThat(finished.path("experiment").path("outcome").asString())
                    .isEqualTo("measured");
            assertThat(finished.path("experiment").path("runs")).hasSize(5);
        }
    }

    @Test
    void the_same_seed_gives_the_same_candidates_bytes_and_decibels() {
        Answer again = new Program(folder.resolve("again")).run(CAMPAIGN);
        assertThat(numbers(again)).isEqualTo(numbers(whole)).hasSize(15);
    }

    /// What starts it again and again, as a deployment does, spends nothing twice.
    @Test
    void a_named_campaign_is_begun_once_and_gone_on_with_afterwards() {
        Program program = new Program(folder.resolve("whole"));
        String[] line = {
            "run",
            "--campaign",
            "first",
            "--experiments",
            "1",
            "--clip",
            "rapids",
            "--frames",
            "2",
            "--anchor",
            "x264-medium",
            "--json",
            "--quiet"
        };
        Answer begun = program.run(line);
        assertThat(begun.status()).as(begun.err()).isZero();
        assertThat(named(begun.events(), "finished")).hasSize(1);
        Answer again = program.run(line);
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.events().getFirst().path("campaign").path("campaign_id").asString())
                .isEqualTo("first");
        assertThat(again.events().getFirst().path("state").asString()).isEqualTo("resumed");
        assertThat(named(again.events(), "finished")).isEmpty();
        Answer unnamed = program.run("run", "--campaign", "No Name");
        assertThat(unnamed.status()).isEqualTo(2);
        assertThat(unnamed.err()).contains("--campaign: campaign id: expected lower-case letters");
        Answer both = program.run("run", "--campaign", "first", "--resume", "first");
        assertThat(both.status()).isEqualTo(2);
        assertThat(both.err()).contains("expected nothing beside --resume");
    }

    @Test
    void a_finished_campaign_goes_on_with_a_larger_budget() {
        Program program = new Program(folder.resolve("whole"));
        String id = whole.events().getFirst().path("campaign").path("campaign_id").asString();
        Answer more = program.run("run", "--resume", id, "--experiments", "4", "--json", "--quiet");
        assertThat(more.status()).isZero();
        assertThat(named(more.events(), "finished")).hasSize(1);
        assertThat(program.run("list", "--campaign", id, "--json").json().path("experiments"))
                .hasSize(4);
    }

    /// Requirement 19: kill -9 in the middle, and nothing is lost or doubled.
    @Test
    void a_killed_campaign_resumes_and_equals_an_uninterrupted_one() throws IOException {
        Path home = folder.resolve("killed");
        Process process = ChildProgram.start(home, CAMPAIGN);
        String id = "";
        try (BufferedReader events =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            // Killed while the second experiment runs: after its start, in the middle of a stage.
            int started = 0;
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                JsonNode event = aiv1.wire.Json.parse(line, "an event");
                if (event.path("event").asString().equals("campaign")) {
                    id = event.path("campaign").path("campaign_id").asString();
                }
                started += event.path("event").asString().equals("started") ? 1 : 0;
                if (started == 2 && event.path("stage").asString("").equals("decode")) {
                    break;
                }
            }
        }
        process.destroyForcibly().onExit().join();
        Program program = new Program(home);
        Answer resumed = program.run("run", "--resume", id, "--json", "--quiet");
        assertThat(resumed.status()).as(resumed.err()).isZero();
        JsonNode listed =
                program.run("list", "--campaign", id, "--json").json().path("experiments");
        assertThat(listed).hasSize(3);
        List<String> candidates = new ArrayList<>();
        listed.forEach(one -> candidates.add(one.path("candidate_id").asString()));
        assertThat(candidates)
                .containsExactlyElementsOf(
                        named(whole.events(), "finished").stream()
                                .map(
                                        event ->
                                                event.path("experiment")
                                                        .path("candidate_id")
                                                        .asString())
                                .toList());
    }

    private static List<JsonNode> named(List<JsonNode> events, String name) {
        return events.stream()
                .filter(event -> event.path("event").asString().equals(name))
                .toList();
    }

    /// What must be equal between two campaigns with one seed: candidate, bytes, frames and
    /// decibels of every run.
    private static List<String> numbers(Answer answer) {
        List<String> numbers = new ArrayList<>();
        for (JsonNode event : named(answer.events(), "finished")) {
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
