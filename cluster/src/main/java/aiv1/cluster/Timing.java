package aiv1.cluster;

import java.time.Duration;

/// How long workers are waited for, and how often they are looked at.
record Timing(
        Duration connectTimeMax,
        Duration answerTimeMax,
        Duration canaryTimeMax,
        Duration watchInterval) {
    /// A worker that dies is known within interval and answer, below 15 s; one that joins is used
    /// within two intervals, a look at it and the canary codec, below 30 s.
    static final Timing USUAL =
            new Timing(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(12),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(2));
}
