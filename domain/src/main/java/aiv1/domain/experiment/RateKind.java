package aiv1.domain.experiment;

import java.util.Locale;

/// What is counted as a codec's rate.
public enum RateKind {
    /// The bytes that cross from encoder to decoder.
    STREAM,
    /// The stream and the decoder's size, amortised over the clips of the experiment: what ranks.
    TOTAL;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
