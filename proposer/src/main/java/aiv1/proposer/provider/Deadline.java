package aiv1.proposer.provider;

import java.time.Duration;

/// The moment by which a whole call must be over.
final class Deadline {
    private final Duration whole;
    private final long end;

    private Deadline(Duration whole) {
        this.whole = whole;
        this.end = System.nanoTime() + whole.toNanos();
    }

    static Deadline in(Duration whole) {
        return new Deadline(whole);
    }

    /// Refuses a time that is not positive or that nanoseconds cannot count.
    static Duration require(Duration whole) {
        if (!whole.isPositive() || whole.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "timeout: expected > 0 and at most a day, got " + whole);
        }
        return whole;
    }

    Duration whole() {
        return whole;
    }

    /// At most 0 when it has passed.
    long nanosLeft() {
        return end - System.nanoTime();
    }
}
