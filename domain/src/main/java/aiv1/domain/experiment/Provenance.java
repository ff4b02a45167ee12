package aiv1.domain.experiment;

/// By what a result was made: the build of the lab, the version of the metrics' definitions, the
/// sandbox's tier, the programs involved, and the device that codecs were told to run on. "unknown"
/// where it could not be told. `attempt` (> 0) counts how often a cluster had somebody begin the
/// experiment until there was this result: 1 when nothing was lost on the way.
public record Provenance(
        String build,
        String metrics,
        String sandboxTier,
        String ffmpeg,
        String python,
        String numpy,
        String worker,
        String device,
        int attempt) {
    /// What the sandbox lets codecs have.
    public static final String CPU = "cpu";

    public Provenance {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt: expected > 0, got " + attempt);
        }
    }

    /// On a processor, at the first attempt.
    public Provenance(
            String build,
            String metrics,
            String sandboxTier,
            String ffmpeg,
            String python,
            String numpy,
            String worker) {
        this(build, metrics, sandboxTier, ffmpeg, python, numpy, worker, CPU, 1);
    }

    public Provenance atAttempt(int number) {
        return new Provenance(
                build, metrics, sandboxTier, ffmpeg, python, numpy, worker, device, number);
    }
}
