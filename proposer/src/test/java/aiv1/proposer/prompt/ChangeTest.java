package aiv1.proposer.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeTest {
    private static final String ENCODER =
            """
            STEP = 8

            def search(block):
                best = 0
                return best

            def encode(clip, quality):
                return bytes(STEP)
            """;

    @Test
    void names_the_functions_that_changed_and_quotes_small_changes() {
        assertThat(change(ENCODER.replace("STEP = 8", "STEP = 7")))
                .isEqualTo("encoder.py +1 -1 lines in the top level `STEP = 7`");
        assertThat(
                        change(
                                ENCODER.replace(
                                        "    best = 0\n",
                                        "    best = 1\n    best += 1\n    best += 2\n")))
                .isEqualTo("encoder.py +3 -1 lines in search");
    }

    @Test
    void a_function_that_moved_did_not_change() {
        String moved =
                """
                def encode(clip, quality):
                    return bytes(STEP)

                STEP = 8

                def search(block):
                    best = 0
                    return best
                """;
        assertThat(change(moved)).isEqualTo("encoder.py +0 -0 lines");
        assertThat(change(ENCODER)).isEqualTo("nothing");
    }

    @Test
    void words_are_not_cut_in_two() {
        assertThat(Words.cut("quarter sample motion", 17)).isEqualTo("quarter sample…");
        assertThat(Words.cut("quartersamplemotion", 8)).isEqualTo("quarter…");
        assertThat(Words.cut("short", 5)).isEqualTo("short");
    }

    private static String change(String encoder) {
        return Change.between(candidate(ENCODER), candidate(encoder));
    }

    private static Candidate candidate(String encoder) {
        return new Candidate(
                Map.of(
                        Part.ENCODER,
                        encoder,
                        Part.DECODER,
                        "def decode(bitstream):\n    return []\n"),
                Contract.NATIVE);
    }
}
