package aiv1.proposer.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    @Test
    void reads_seconds_and_milliseconds() {
        assertThat(in(Map.of("retry-after", "5"))).contains(Duration.ofSeconds(5));
        assertThat(in(Map.of("retry-after", " 0.25 "))).contains(Duration.ofMillis(250));
        assertThat(in(Map.of("retry-after", "5", "retry-after-ms", "1200")))
                .contains(Duration.ofMillis(1200));
    }

    @Test
    void reads_a_date_against_the_servers_own_clock() {
        Map<String, String> headers =
                Map.of(
                        "date", "Fri, 31 Dec 1999 23:58:00 GMT",
                        "retry-after", "Fri, 31 Dec 1999 23:59:59 GMT");
        assertThat(in(headers)).contains(Duration.ofSeconds(119));
    }

    @Test
    void is_absent_where_nothing_sensible_is_said() {
        assertThat(in(Map.of())).isEmpty();
        for (String text : new String[] {"", "soon", "-1", "NaN", "Infinity", "86401", "1e300"}) {
            assertThat(in(Map.of("retry-after", text))).as(text).isEmpty();
        }
        assertThat(in(Map.of("retry-after", "Fri, 31 Dec 1999 23:59:59 GMT"))).isEmpty();
        assertThat(
                        in(
                                Map.of(
                                        "date", "Fri, 31 Dec 1999 23:59:59 GMT",
                                        "retry-after", "Fri, 31 Dec 1999 23:58:00 GMT")))
                .isEmpty();
    }

    private static Optional<Duration> in(Map<String, String> headers) {
        return RetryAfter.in(name -> Optional.ofNullable(headers.get(name)));
    }
}
