package aiv1.domain.experiment;

/// By what a result was made: the build of the lab, the version of the metrics' definitions, the
/// sandbox's tier, and the programs involved. "unknown" where it could not be told. `attempt` (> 0)
/// counts how often a cluster had somebody begin the experiment until there was this result: 1 when
/// nothing was lost on the way.
public record Provenance(
        String build,
        String metrics,
        String sandboxTier,
        String ffmpeg,
        String python,
        String numpy,
        String worker,
        int attempt) {
    public Provenance {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt: expected > 0, got " + attempt);
        }
    }

    /// At the first attempt.
    public Provenance(
            String build,
            String metrics,
            String sandboxTier,
            String ffmpeg,
            String python,
            String numpy,
            String worker) {
        this(build, metrics, sandboxTier, ffmpeg, python, numpy, worker, 1);
    }

    public Provenance atAttempt(int number) {
        return new Provenance(build, metrics, sandboxTier, ffmpeg, python, numpy, worker, number);
    }
}
