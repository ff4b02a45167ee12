package aiv1.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.board.Entry;
import aiv1.dashboard.board.Mean;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ConvergenceTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    /// Added one by one or all at once, the same is shown: the latest, and what was best before.
    @Test
    void a_course_that_is_followed_is_as_one_made_anew() {
        List<Entry> entries = IntStream.range(0, 700).mapToObj(ConvergenceTest::entry).toList();
        Convergence anew = new Convergence(id -> id.equals("c.0003"));
        anew.add(entries);
        Convergence followed = new Convergence(id -> id.equals("c.0003"));
        entries.forEach(entry -> followed.add(List.of(entry)));
        assertThat(followed.points()).isEqualTo(anew.points());
        // Number 3 would have been the best for long, and is flagged: 0, 100 were the best.
        assertThat(anew.points().get(0).path("experiment_id").asString()).isEqualTo("c.0000");
        assertThat(anew.points().get(1).path("experiment_id").asString()).isEqualTo("c.0100");
        assertThat(anew.points()).hasSize(502);
        assertThat(anew.leftOut()).isEqualTo(198);
        JsonNode last = anew.points().get(501);
        assertThat(last.path("percent").doubleValue()).isEqualTo(90);
        assertThat(last.path("best_percent").doubleValue()).isEqualTo(20);
    }

    private static Entry entry(int index) {
        double percent =
                switch (index) {
                    case 3 -> 1;
                    case 100 -> 40;
                    case 600 -> 20;
                    default -> 90;
                };
        Mean mean = new Mean(OptionalDouble.of(percent), Optional.empty(), OptionalDouble.of(0.9));
        return new Entry(
                index + 1,
                "c.%04d".formatted(index),
                Optional.of("c"),
                "candidate",
                List.of(),
                "inventor",
                "native",
                "measured",
                Optional.empty(),
                5,
                5,
                START,
                START.plusSeconds(index),
                OptionalLong.empty(),
                mean,
                mean,
                true,
                List.of("flower"));
    }
}
