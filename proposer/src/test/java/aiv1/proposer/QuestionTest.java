package aiv1.proposer;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.ArtifactId;
import aiv1.domain.candidate.CandidateId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.proposer.prompt.Mode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuestionTest {
    private static final ArtifactId FRAMES = ArtifactId.of(new byte[] {9});
    private static final ExperimentResult GOOD = Fixtures.measured(0, "good", 30, FRAMES);
    private static final ExperimentResult OTHER = Fixtures.measured(1, "other", 40, FRAMES);

    @Test
    void the_first_codec_comes_from_nothing() {
        assertThat(Question.choose(Fixtures.brief(0, List.of()), List.of(), 1).mode())
                .isEqualTo(Mode.NOTHING);
    }

    @Test
    void a_codec_that_just_failed_is_mended_once() {
        ExperimentResult failed = Fixtures.failed(2, "failed", id(GOOD));
        Question repair =
                Question.choose(
                        Fixtures.brief(3, List.of(GOOD, OTHER, failed)), List.of(GOOD, OTHER), 1);
        assertThat(repair.mode()).isEqualTo(Mode.REPAIR);
        assertThat(repair.shown()).containsExactly(failed);

        ExperimentResult again = Fixtures.failed(3, "again", id(failed));
        List<ExperimentResult> history = List.of(GOOD, OTHER, failed, again);
        assertThat(Question.choose(Fixtures.brief(4, history), List.of(GOOD, OTHER), 1).mode())
                .isNotEqualTo(Mode.REPAIR);
        assertThat(Question.choose(Fixtures.brief(4, history), List.of(GOOD, OTHER), 2).mode())
                .isEqualTo(Mode.REPAIR);
        assertThat(Question.choose(Fixtures.brief(4, history), List.of(GOOD, OTHER), 0).mode())
                .isNotEqualTo(Mode.REPAIR);
    }

    @Test
    void a_failure_that_is_no_repair_of_the_last_one_is_mended_too() {
        ExperimentResult first = Fixtures.failed(2, "first");
        ExperimentResult second = Fixtures.failed(3, "second");
        assertThat(
                        Question.choose(Fixtures.brief(4, List.of(first, second)), List.of(GOOD), 1)
                                .mode())
                .isEqualTo(Mode.REPAIR);
    }

    @Test
    void chance_from_the_seed_decides_else() {
        Map<Mode, Integer> counts = new EnumMap<>(Mode.class);
        for (int index = 2; index < 402; index++) {
            Question question =
                    Question.choose(
                            Fixtures.brief(index, List.of(GOOD, OTHER)), List.of(GOOD, OTHER), 1);
            assertThat(question.shown()).hasSize(question.mode() == Mode.CROSS ? 2 : 1);
            counts.merge(question.mode(), 1, Integer::sum);
        }
        assertThat(counts).containsOnlyKeys(Mode.IMPROVE, Mode.CROSS, Mode.EXPLORE);
        assertThat(counts.get(Mode.IMPROVE)).isBetween(180, 260);
    }

    private static CandidateId id(ExperimentResult result) {
        return result.experiment().proposal().candidate().id();
    }
}
