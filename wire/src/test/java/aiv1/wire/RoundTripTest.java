package aiv1.wire;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.Campaign;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.ExperimentResult;
import java.util.HashSet;
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
