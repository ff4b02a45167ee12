package aiv1.domain.experiment;

/// By what a result was made: the build of the lab, the version of the metrics' definitions, the
/// sandbox's tier, and the programs involved. "unknown" where it could not be told.
public record Provenance(
        String build,
        String metrics,
        String sandboxTier,
        String ffmpeg,
        String python,
        String numpy,
        String worker) {}
