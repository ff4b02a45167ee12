package aiv1.domain.campaign;

import java.util.Locale;

/// Why a model stopped writing.
public enum StopReason {
    /// It was done.
    END,
    /// It had written as many tokens as it was allowed.
    MAX_TOKENS,
    /// It would not answer.
    REFUSAL,
    /// The stream ended in the middle.
    CUT_OFF;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
