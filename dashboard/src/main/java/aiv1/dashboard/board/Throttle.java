package aiv1.dashboard.board;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// At most two tellings of progress a second for each experiment. Guarded by the [Board].
final class Throttle {
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final Map<String, Instant> told = new HashMap<>();

    boolean isDue(String id, Instant now) {
        if (Duration.between(told.getOrDefault(id, Instant.EPOCH), now).compareTo(BETWEEN) < 0) {
            return false;
        }
        told.put(id, now);
        return true;
    }

    void forget(String id) {
        told.remove(id);
    }
}
