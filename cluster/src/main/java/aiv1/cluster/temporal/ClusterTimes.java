package aiv1.cluster.temporal;

import java.time.Duration;

/// How long a cluster is waited for, and how often it tells of itself. A worker that was just
/// started may take `arrivalWait` to look for work.
record ClusterTimes(
        Duration pulse,
        Duration silenceMax,
        Duration pollInterval,
        Duration arrivalWait,
        Duration workerWait,
        Duration serverWait) {
    /// A worker that dies is known within 10 s; who is asked to stop hears it within two pulses. A
    /// busy machine may hold up a pulse for some seconds, which must not look like a death.
    static final ClusterTimes USUAL =
            new ClusterTimes(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(20),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(10));
}
