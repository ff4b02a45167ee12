package aiv1.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.Seeds;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final ExperimentResult GOOD = Scripted.measured(Scripted.experiment(0, "a"), 10);
    private static final ExperimentResult BETTER =
            Scripted.measured(Scripted.experiment(1, "b"), -5);
    private static final ExperimentResult FAILED =
            Scripted.ended(
                    Scripted.experiment(2, "c"),
                    new RunOutcome.Quarantined(
                            Failure.of(Stage.VERIFY, FailureCategory.IMPLAUSIBLE, "too good")));

    @Test
    void the_lowest_bd_rate_comes_first_and_what_failed_has_no_place() {
        Ranking ranking = new Ranking("x264-medium");
        assertThat(ranking.rank(List.of(FAILED, GOOD, BETTER))).containsExactly(BETTER, GOOD);
        assertThat(ranking.score(FAILED)).isEmpty();
    }

    @Test
    void an_anchor_that_was_not_compared_gives_no_place() {
        assertThat(new Ranking("libaom-cpu2").rank(List.of(GOOD))).isEmpty();
    }

    /// A number over a sliver of the curves, or for a codec that calls another one, ranks nowhere.
    @Test
    void what_says_little_or_is_borrowed_has_no_place() {
        Ranking ranking = new Ranking("x264-medium");
        ExperimentResult sliver =
                Scripted.measured(Scripted.experiment(3, "d"), -50, 0.39, List.of());
        ExperimentResult borrowed =
                Scripted.measured(
                        Scripted.experiment(4, "e"),
                        -50,
                        1,
                        List.of("calls an existing codec: cv2.imencode"));
        ExperimentResult labelled =
                Scripted.measured(
                        Scripted.experiment(5, "f"), 1, 1, List.of("did not read the source"));
        assertThat(ranking.rank(List.of(sliver, borrowed, labelled, GOOD)))
                .containsExactly(labelled, GOOD);
    }

    @Test
    void parents_are_the_ranked_ones_best_first() {
        Archive archive = new Archive("x264-medium", id -> false);
        archive.add(GOOD);
        archive.add(FAILED);
        archive.add(BETTER);
        assertThat(archive.parents(Seeds.generator(1))).containsExactly(BETTER, GOOD);
    }

    @Test
    void without_a_ranked_result_measured_ones_stand_in() {
        Archive archive = new Archive("libaom-cpu2", id -> false);
        assertThat(archive.parents(Seeds.generator(1))).isEmpty();
        archive.add(GOOD);
        archive.add(FAILED);
        assertThat(archive.parents(Seeds.generator(1))).containsExactly(GOOD);
    }
}
