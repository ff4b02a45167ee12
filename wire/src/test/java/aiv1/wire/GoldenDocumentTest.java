package aiv1.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The exact text of our documents, so that a change of the wire shows in a diff. A change here
/// that is not an added key breaks scripts, and goes into the change log.
class GoldenDocumentTest {
    @Test
    void a_measured_experiment() throws IOException {
        assertThat(Json.pretty(ExperimentJson.write(GoldenResults.measured())))
                .isEqualTo(golden("experiment-measured.json"));
    }

    // Requirement 32: the failure names stage, function and line 46.
    @Test
    void a_failed_experiment() throws IOException {
        assertThat(Json.pretty(ExperimentJson.write(GoldenResults.failed())))
                .isEqualTo(golden("experiment-failed.json"));
    }

    @Test
    void a_campaign() throws IOException {
        assertThat(Json.pretty(CampaignJson.write(GoldenResults.campaign())))
                .isEqualTo(golden("campaign.json"));
    }

    @Test
    void a_candidate() {
        assertThat(Json.line(CandidateJson.write(GoldenResults.candidate())))
                .isEqualTo(
                        "{\"encoding_code\":\"def encode(clip, quality): ...\\n\","
                                + "\"decoding_code\":\"def decode(bitstream): ...\\n\","
                                + "\"contract\":\"native\"}");
    }

    @Test
    void the_golden_documents_can_be_read() throws IOException {
        assertThat(
                        ExperimentJson.read(
                                Json.parse(golden("experiment-measured.json"), "golden"),
                                GoldenResults.measured().experiment().proposal()))
                .isEqualTo(GoldenResults.measured());
        assertThat(
                        ExperimentJson.read(
                                Json.parse(golden("experiment-failed.json"), "golden"),
                                GoldenResults.failed().experiment().proposal()))
                .isEqualTo(GoldenResults.failed());
        assertThat(CampaignJson.read(Json.parse(golden("campaign.json"), "golden")))
                .isEqualTo(GoldenResults.campaign());
    }

    static String golden(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(GoldenDocumentTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
