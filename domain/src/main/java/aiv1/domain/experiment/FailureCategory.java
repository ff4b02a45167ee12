package aiv1.domain.experiment;

import java.util.Locale;

/// What went wrong, in one word: the class by which failures are counted.
public enum FailureCategory {
    SYNTAX,
    COMPILE,
    MISSING_IMPORT,
    MISSING_NAME,
    CONTRACT,
    EXCEPTION,
    SIGNAL,
    UNDEFINED_BEHAVIOUR,
    TIMEOUT_CPU,
    TIMEOUT_WALL,
    OUT_OF_MEMORY,
    DIMENSION_MISMATCH,
    FRAME_COUNT,
    DTYPE,
    NO_OUTPUT,
    EXPANSION,
    OUTPUT_LIMIT,
    NONDETERMINISTIC,
    IGNORED_BITSTREAM,
    HOSTILE,
    IMPLAUSIBLE,
    UNVERIFIED,
    WORKER_LOST,
    LAB_FAULT,
    CANCELLED,
    MODEL_ERROR,
    UNPARSABLE_REPLY;

    /// The name in JSON, such as `missing_import`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
