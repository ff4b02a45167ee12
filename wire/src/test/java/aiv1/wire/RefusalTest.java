package aiv1.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RateKind;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.rd.BdRate;
import aiv1.domain.rd.Distortion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Documents that are wrong in one place are refused with that place.
class RefusalTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/schema | \"experiment/2\" | experiment.schema: expected 'experiment/1', got",
                "/experiment_id | \"../x\" | experiment.experiment_id: expected a valid value",
                "/campaign_id | 7 | experiment spring.0000.campaign_id: expected a text, got 7",
                "/candidate_id | \"ab\" | .candidate_id: expected '4d19d9",
                "/proposer | \"someone\" | .proposer: expected 'inventor', got \"someone\"",
                "/contract | \"c3\" | .contract: expected 'native'",
                "/parent_ids | [] | .parent_ids: expected those of the proposal",
                "/parent_ids | [1] | .parent_ids[0]: expected a text, got 1",
                "/outcome | \"measured\" | .outcome: expected 'crashed', got \"measured\"",
                "/outcome | \"bad\" | .outcome: expected 'crashed'",
                "/failure | null | .failure: expected that of the first run which failed",
                "/failure/line | 47 | .failure: expected that of the first run which failed",
                "/failure/stage | \"nap\" | .failure.stage: expected one of parse, screen, build,",
                "/failure_scope | null | .failure_scope: expected run, got null",
                "/decoder_bytes | 1.5 | .decoder_bytes: expected a whole number of 64 bits",
                "/runs | {} | .runs: expected a list, got {}",
                "/runs | [] | expected a valid value, got result: expected a verdict or runs, got neither",
                "/runs/0 | 1 | .runs[0]: expected an object, got 1",
                "/runs/0/quality | 99999999999 | .runs[0].quality: expected a whole number of 32",
                "/runs/0/outcome | \"fine\" | .runs[0].stream_bytes: expected null in a run that",
                "/runs/0/stream_bytes | 0 | .runs[0]: expected a valid value, got stream bytes",
                "/runs/0/stream_bytes | null | .runs[0].stream_bytes: expected a whole number",
                "/runs/0/bitrate_kbps | \"80\" | .runs[0].bitrate_kbps: expected a number, got \"80\"",
                "/runs/0/bitrate_kbps | 1e999 | .runs[0].bitrate_kbps: expected a finite number",
                "/runs/0/psnr_y_db | null | .runs[0].psnr_y_db: expected a number, got null",
                "/runs/0/encode_cpu_seconds | 1e-10 | .encode_cpu_seconds: expected seconds, in",
                "/runs/0/encode_cpu_seconds | 1e99 | .encode_cpu_seconds: expected seconds, in",
                "/runs/0/bitstream_sha256 | \"A\" | .runs[0].bitstream_sha256: expected a valid",
                "/runs/0/failure | {} | .runs[0].failure: expected null in a measured run",
                "/runs/1/psnr_y_db | 30 | .runs[1].psnr_y_db: expected null in a run that was not",
                "/runs/1/outcome | \"fine\" | .runs[1].outcome: expected one of invalid, crashed",
                "/runs/1/failure/part | \"lid\" | .part: expected one of encoder, decoder, common",
                "/runs/1/failure/wall_seconds | null | .wall_seconds: expected a number, got null",
                "/provenance | null | .provenance: expected an object, got null",
                "/provenance/numpy | null | .provenance.numpy: expected a text, got null",
                "/limit_class | \"huge\" | .limit_class: expected one of light, heavy",
                "/clips | [] | expected a valid value, got spring.0000: clips: expected at least",
                "/clips/0/width | 3 | .clips[0]: expected a valid value, got width",
                "/clips/0/frame_rate | \"25\" | .frame_rate: expected a fraction such as",
                "/clips/0/frame_rate | \"0/1\" | .clips[0]: expected a valid value, got frame rate",
                "/started_at | \"noon\" | .started_at: expected a time such as",
            })
    void an_experiment_that_is_wrong_in_one_place(String pointer, String value, String message) {
        JsonNode document = ExperimentJson.write(GoldenResults.failed());
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = document.at(pointer.substring(0, slash));
        JsonNode wrong = Json.parse(value, "test");
        set(parent, pointer.substring(slash + 1), wrong);
        assertThatThrownBy(
                        () ->
                                ExperimentJson.read(
                                        document, GoldenResults.failed().experiment().proposal()))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_field_that_is_missing_is_named() {
        refuses(it -> it.remove("bd_rate"), "spring.0000.bd_rate: expected a list, got nothing");
        refuses(it -> it.remove("schema"), "schema: expected a text, got nothing");
    }

    @Test
    void a_field_added_by_a_later_version_is_no_harm() {
        ObjectNode document = ExperimentJson.write(GoldenResults.measured());
        document.put("mood", "good");
        assertThat(ExperimentJson.read(document, GoldenResults.measured().experiment().proposal()))
                .isEqualTo(GoldenResults.measured());
    }

    // Requirement 30: never "completed" with absent metrics.
    @Test
    void nothing_is_called_measured_without_a_number() {
        ExperimentResult measured = GoldenResults.measured();
        assertThatThrownBy(() -> with(measured, List.of()))
                .hasMessage("result: expected a verdict or runs, got neither");
        for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            ExperimentResult result =
                    with(
                            measured,
                            List.of(
                                    new BdEntry(
                                            "flower",
                                            "x264-medium",
                                            "psnr-yuv",
                                            RateKind.STREAM,
                                            new BdRate.Percent(odd, 0, 1))));
            assertThatThrownBy(() -> ExperimentJson.write(result))
                    .isInstanceOf(JsonFormatException.class)
                    .hasMessage(
                            "experiment spring.0000.bd_rate[0].percent: expected a finite number,"
                                    + " got "
                                    + odd);
        }
    }

    @ParameterizedTest
    @CsvSource({"bitrate_kbps", "psnr_y_db", "psnr_v_db", "apsnr_u_db", "ssim_y"})
    void a_measurement_with_a_number_that_is_none(String key) {
        double nan = Double.NaN;
        Distortion distortion =
                new Distortion(
                        key.equals("psnr_y_db") ? nan : 1,
                        1,
                        key.equals("psnr_v_db") ? nan : 1,
                        1,
                        key.equals("apsnr_u_db") ? nan : 1,
                        1,
                        key.equals("ssim_y") ? nan : 1);
        RunResult run = GoldenResults.run(key.equals("bitrate_kbps") ? nan : 1, distortion);
        assertThatThrownBy(() -> RunJson.write("run", run))
                .isInstanceOf(JsonFormatException.class)
                .hasMessage("run." + key + ": expected a finite number, got NaN");
    }

    @Test
    void a_candidate_without_what_it_needs() {
        candidate("{}", "candidate.encoding_code: expected a text, got nothing");
        candidate("[]", "candidate: expected an object, got []");
        candidate("{\"encoding_code\": \"\", \"decoding_code\": null}", "candidate.decoding_code");
        candidate(
                "{\"encoding_code\": \"\\ud83c\", \"decoding_code\": \"\"}",
                "candidate.encoding_code: expected well-formed Unicode");
        assertThatThrownBy(
                        () ->
                                CandidateJson.read(
                                        Json.parse(
                                                "{\"encoding_code\": \"\", \"decoding_code\": \"\"}",
                                                "test")))
                .hasMessage("candidate.contract: expected one of native, c3, c5, c6, got nothing");
    }

    @Test
    void the_seeds_form_is_read_under_a_given_contract() {
        Candidate read =
                CandidateJson.read(
                        Json.parse(
                                "{\"id\": 7, \"encoding_code\": \"e\", \"decoding_code\": \"d\"}",
                                "test"),
                        Contract.C3);
        assertThat(read)
                .isEqualTo(
                        new Candidate(Map.of(Part.ENCODER, "e", Part.DECODER, "d"), Contract.C3));
    }

    private static void candidate(String text, String message) {
        assertThatThrownBy(() -> CandidateJson.read(Json.parse(text, "test"), Contract.NATIVE))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageContaining(message);
    }

    private static void refuses(Consumer<ObjectNode> change, String message) {
        ObjectNode document = ExperimentJson.write(GoldenResults.measured());
        Proposal proposal = GoldenResults.measured().experiment().proposal();
        change.accept(document);
        assertThatThrownBy(() -> ExperimentJson.read(document, proposal))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageContaining(message);
    }

    /// The result with these BD-rates; with none, also without its runs.
    private static ExperimentResult with(ExperimentResult result, List<BdEntry> bdRates) {
        return new ExperimentResult(
                result.experiment(),
                Optional.empty(),
                bdRates.isEmpty() ? List.of() : result.runs(),
                bdRates,
                result.decoderBytes(),
                result.provenance(),
                result.startedAt(),
                result.finishedAt());
    }

    private static void set(JsonNode parent, String key, JsonNode value) {
        if (parent.isArray()) {
            ((tools.jackson.databind.node.ArrayNode) parent).set(Integer.parseInt(key), value);
        } else {
            ((ObjectNode) parent).set(key, value);
        }
    }
}
