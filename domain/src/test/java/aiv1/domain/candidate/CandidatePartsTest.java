package aiv1.domain.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which parts make a candidate, in one language or two.
class CandidatePartsTest {
    private static final String ENCODER = "def encode(clip, quality): ...";
    private static final String DECODER = "def decode(bitstream): ...";

    /// Computed apart from this code, by the form that ids have had from the first.
    @Test
    void the_id_of_a_candidate_in_python_is_what_it_was() {
        Candidate candidate =
                candidate(
                        Map.of(
                                Part.ENCODER, ENCODER,
                                Part.DECODER, DECODER,
                                Part.COMMON, "X = 1"));
        assertThat(candidate.id().sha256())
                .isEqualTo("8c6d1396201922d7ef91e925509c1882012812f433c517219838edede13fe579");
    }

    @Test
    void the_language_of_a_part_is_part_of_the_id() {
        Candidate python = candidate(Map.of(Part.ENCODER, "x", Part.DECODER, "y"));
        Candidate mixed = candidate(Map.of(Part.ENCODER_C, "x", Part.DECODER, "y"));
        assertThat(mixed.id()).isNotEqualTo(python.id());
        assertThat(mixed.encoderPart()).isEqualTo(Part.ENCODER_C);
        assertThat(mixed.encoder()).isEqualTo("x\n");
        assertThat(mixed.decoderPart()).isEqualTo(Part.DECODER);
    }

    @Test
    void a_decoder_carries_what_is_shared_in_its_own_language() {
        Candidate mixed =
                candidate(
                        Map.of(
                                Part.ENCODER_C, "x",
                                Part.COMMON_H, "header",
                                Part.DECODER, "y",
                                Part.COMMON, "module"));
        assertThat(mixed.decoderWithCommon()).isEqualTo("y\nmodule\n");
    }

    @Test
    void refuses_two_encoders_or_none_and_what_nobody_includes() {
        refused(
                "expected either encoder.py or encoder.c, got both",
                Map.of(Part.ENCODER, "", Part.ENCODER_C, "", Part.DECODER, ""));
        refused("expected either decoder.py or decoder.c, got none", Map.of(Part.ENCODER, ""));
        refused(
                "beside common.h, got neither",
                Map.of(Part.ENCODER, "", Part.DECODER, "", Part.COMMON_H, ""));
        refused(
                "beside common.py, got neither",
                Map.of(Part.ENCODER_C, "", Part.DECODER_C, "", Part.COMMON, ""));
        assertThatThrownBy(
                        () ->
                                new Candidate(
                                        Map.of(Part.ENCODER_C, "", Part.DECODER, ""), Contract.C6))
                .hasMessageContaining("expected the native contract for parts in C, got c6");
    }

    private static void refused(String message, Map<Part, String> sources) {
        assertThatThrownBy(() -> candidate(sources)).hasMessageContaining(message);
    }

    private static Candidate candidate(Map<Part, String> sources) {
        return new Candidate(sources, Contract.NATIVE);
    }

    @Test
    void each_part_has_one_that_does_the_same_in_the_other_language() {
        for (Part part : Part.values()) {
            Part other = part.inOtherLanguage();
            assertThat(other.isPython()).isNotEqualTo(part.isPython());
            assertThat(other.isShared()).isEqualTo(part.isShared());
            assertThat(other.inOtherLanguage()).isEqualTo(part);
            assertThat(other.fileName().split("\\.")[0]).isEqualTo(part.fileName().split("\\.")[0]);
        }
    }
}
