package aiv1.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private final List<Duration> alarms = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void each_silence_is_told_once() {
        try (Silence silence = new Silence(Duration.ofMinutes(30), () -> now, alarms::add)) {
            pass(29, silence);
            assertThat(alarms).isEmpty();
            pass(2, silence);
            pass(40, silence);
            assertThat(alarms).containsExactly(Duration.ofMinutes(31));
            silence.end();
            pass(29, silence);
            assertThat(alarms).hasSize(1);
            pass(1, silence);
            assertThat(alarms).containsExactly(Duration.ofMinutes(31), Duration.ofMinutes(30));
        }
    }

    private void pass(int minutes, Silence silence) {
        now = now.plus(Duration.ofMinutes(minutes));
        silence.look();
    }
}
