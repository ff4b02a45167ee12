package aiv1.domain.experiment;

import java.time.Duration;

/// What one stage may use: CPU and wall time, memory, and bytes of output. All > 0.
public record StageLimit(
        Duration cpuTimeMax, Duration wallTimeMax, long memoryBytesMax, long outputBytesMax) {
    public StageLimit {
        if (!cpuTimeMax.isPositive()
                || !wallTimeMax.isPositive()
                || memoryBytesMax <= 0
                || outputBytesMax <= 0) {
            throw new IllegalArgumentException(
                    "stage limit: expected all > 0, got cpu %s wall %s memory %d output %d"
                            .formatted(cpuTimeMax, wallTimeMax, memoryBytesMax, outputBytesMax));
        }
    }
}
