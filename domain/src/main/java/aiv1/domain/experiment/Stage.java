package aiv1.domain.experiment;

import java.util.Locale;

/// A step of an experiment, in order.
public enum Stage {
    PARSE,
    SCREEN,
    BUILD,
    ENCODE,
    DECODE,
    VERIFY,
    MEASURE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
