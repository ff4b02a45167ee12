package aiv1.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.campaign.Campaign;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is written and read is the same value, for a thousand values per kind.
class RoundTripTest {
    private static final int SEED_COUNT = 1000;

    @Test
    void every_result_comes_back_equal() {
        Set<String> outcomes = new HashSet<>();
        for (int seed = 0; seed < SEED_COUNT; seed++) {
            ExperimentResult result = new RandomResults(seed).result();
            ObjectNode document = ExperimentJson.write(result);
            for (String text : new String[] {Json.line(document), Json.pretty(document)}) {
                assertThat(
                                ExperimentJson.read(
                                        Json.parse(text, "seed " + seed),
                                        result.experiment().proposal()))
                        .isEqualTo(result);
                assertThat(text).doesNotContain(":NaN").doesNotContain("Infinity");
            }
            outcomes.add(document.path("outcome").stringValue());
        }
        assertThat(outcomes).hasSize(RandomOutcomes.KINDS.size() + 1);
    }

    @Test
    void every_campaign_and_clip_comes_back_equal() {
        for (int seed = 0; seed < SEED_COUNT; seed++) {
            Campaign campaign = new RandomResults(seed).campaign();
            assertThat(CampaignJson.read(again(CampaignJson.write(campaign)))).isEqualTo(campaign);
            Clip clip = campaign.clips().getFirst();
            assertThat(ClipJson.read(again(ClipJson.write(clip)))).isEqualTo(clip);
        }
    }

    @Test
    void every_candidate_comes_back_equal() {
        for (int seed = 0; seed < SEED_COUNT; seed++) {
            Candidate candidate = new RandomResults(seed).candidate();
            JsonNode document = again(CandidateJson.write(candidate));
            assertThat(CandidateJson.read(document)).isEqualTo(candidate);
            assertThat(CandidateJson.read(document, candidate.contract())).isEqualTo(candidate);
        }
    }

    @Test
    void every_order_and_event_comes_back_equal() {
        for (int seed = 0; seed < SEED_COUNT; seed++) {
            ExperimentResult result = new RandomResults(seed).result();
            JsonNode order = again(ExperimentOrderJson.write(result.experiment()));
            assertThat(ExperimentOrderJson.is(order)).isTrue();
            assertThat(ExperimentOrderJson.readId(order)).isEqualTo(result.experiment().id());
            assertThat(ExperimentOrderJson.read(order)).isEqualTo(result.experiment());
            List<Progress.Event> events =
                    new ArrayList<>(
                            List.of(
                                    new Progress.Event.Phase(
                                            result.experiment().id(),
                                            "a",
                                            seed % 5,
                                            Stage.DECODE,
                                            seed,
                                            400),
                                    new Progress.Event.Anchor("x264", "a", 1, 5)));
            result.runs()
                    .forEach(
                            run ->
                                    events.add(
                                            new Progress.Event.RunEnded(
                                                    result.experiment().id(), run)));
            for (Progress.Event event : events) {
                assertThat(ProgressJson.read(again(ProgressJson.write(event)))).isEqualTo(event);
            }
        }
    }

    @Test
    void a_health_comes_back_equal_and_no_other_service_passes_for_one() {
        WorkerHealthJson health =
                new WorkerHealthJson(
                        "one", "0.1.0+abc", 4711, true, Instant.EPOCH, Instant.ofEpochSecond(7));
        assertThat(WorkerHealthJson.read(again(health.write()))).isEqualTo(health);
        assertThatThrownBy(() -> WorkerHealthJson.read(Json.parse("{\"service\":\"nginx\"}", "x")))
                .hasMessage("health.service: expected 'aiv1-worker', got \"nginx\"");
    }

    @Test
    void a_slim_document_is_the_whole_less_its_runs() {
        for (int seed = 0; seed < 50; seed++) {
            ExperimentResult result = new RandomResults(seed).result();
            ObjectNode whole = ExperimentJson.write(result);
            whole.remove("runs");
            assertThat(Json.line(ExperimentJson.writeSlim(result))).isEqualTo(Json.line(whole));
        }
    }

    private static JsonNode again(JsonNode document) {
        return Json.parse(Json.line(document), "test");
    }
}
