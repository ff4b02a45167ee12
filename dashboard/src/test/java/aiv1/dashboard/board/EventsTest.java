package aiv1.dashboard.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class EventsTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    /// A page that slept while the server was started anew would else take the first events of the
    /// new one for those that it has seen.
    @Test
    void what_an_earlier_server_said_is_not_taken_for_what_this_one_says() throws Exception {
        Events earlier = new Events(START);
        for (int i = 0; i < 10; i++) {
            add(earlier);
        }
        Events later = new Events(START.plusSeconds(1));
        assertThat(later.reaches(earlier.last())).isFalse();
        for (int i = 0; i < 20; i++) {
            add(later);
        }
        assertThat(later.reaches(earlier.last())).isFalse();
        assertThat(later.reaches(later.last() - 20)).isTrue();
        assertThat(later.after(later.last() - 3, Duration.ZERO)).hasSize(3);
        assertThat(later.reaches(later.last() + 1)).isFalse();
    }

    @Test
    void more_than_it_keeps_is_not_reached() {
        Events events = new Events(START);
        long begin = events.last();
        for (int i = 0; i <= Events.KEPT_COUNT_MAX; i++) {
            add(events);
        }
        assertThat(events.reaches(begin)).isFalse();
        assertThat(events.reaches(begin + 1)).isTrue();
    }

    private static void add(Events events) {
        events.add("experiment.progress", JsonNodeFactory.instance.objectNode());
    }
}
