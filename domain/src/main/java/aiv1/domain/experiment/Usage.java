package aiv1.domain.experiment;

import java.time.Duration;

/// What a stage used: CPU time over all its threads, wall time, and the most memory it held, in
/// bytes.
public record Usage(Duration cpu, Duration wall, long peakMemoryBytes) {}
