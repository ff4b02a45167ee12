package aiv1.dashboard.board;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.LiveWatch;
import aiv1.dashboard.PageLab;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Stage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// What another program says it carries out, and what is left of that when it falls silent.
class ElsewhereTest {
    private static final int COUNT = 2;
    private static final ExperimentId NEXT = PageLab.id(COUNT);

    @TempDir private Path home;
    private Instant saidAt = Instant.EPOCH;

    @BeforeEach
    void now() {
        saidAt = Instant.now();
    }

    @Test
    void an_experiment_of_another_program_is_shown_with_its_phase() {
        try (PageLab lab = new PageLab(home, COUNT)) {
            Board board = lab.board();
            lab.propose(COUNT);
            board.follow();
            assertThat(slim(board).path("state").asString()).isEqualTo("queued");
            board.hear(List.of(said(saidAt)));
            ObjectNode slim = slim(board);
            assertThat(slim.path("state").asString()).isEqualTo("in_progress");
            assertThat(slim.path("phase").asString()).isEqualTo("decode");
            assertThat(slim.path("frame").intValue()).isEqualTo(12);
            assertThat(slim.path("done_runs").intValue()).isEqualTo(3);
            assertThat(slim.path("total_runs").intValue()).isEqualTo(5);
            assertThat(board.processOf(PageLab.CAMPAIGN.value())).hasValue(4711L);
        }
    }

    @Test
    void what_was_said_too_long_ago_is_not_taken_for_running() {
        try (PageLab lab = new PageLab(home, COUNT)) {
            Board board = lab.board();
            lab.propose(COUNT);
            board.follow();
            board.hear(List.of(said(saidAt)));
            board.hear(List.of(said(saidAt.minus(Elsewhere.AGE_MAX.multipliedBy(2)))));
            assertThat(slim(board).path("state").asString()).isEqualTo("queued");
            assertThat(slim(board).path("reason").asString()).contains("fallen silent");
            assertThat(slim(board).path("phase").isNull()).isTrue();
            assertThat(board.processOf(PageLab.CAMPAIGN.value())).isEmpty();
        }
    }

    @Test
    void one_that_ended_is_not_brought_back_by_what_was_said_before() {
        try (PageLab lab = new PageLab(home, COUNT)) {
            Board board = lab.board();
            lab.add(COUNT);
            board.follow();
            board.hear(List.of(said(saidAt)));
            assertThat(slim(board).path("state").asString()).isEqualTo("measured");
            assertThat(board.running()).isEmpty();
        }
    }

    private static ObjectNode slim(Board board) {
        return board.slim(NEXT.value()).orElseThrow();
    }

    private static LiveWatch.Said said(Instant at) {
        Progress.Event.Phase phase =
                new Progress.Event.Phase(NEXT, "flower", 3, Stage.DECODE, 12, 30);
        return new LiveWatch.Said(
                PageLab.CAMPAIGN,
                4711,
                at,
                List.of(new LiveWatch.Row(NEXT, at.minusSeconds(60), Optional.of(phase), 3)));
    }
}
