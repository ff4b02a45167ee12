package aiv1.domain.experiment;

import java.util.regex.Pattern;

/// The name of an experiment: letters, digits, dots, dashes and underscores, at most 100; safe as a
/// file's name.
public record ExperimentId(String value) {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public ExperimentId {
        if (!SAFE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "experiment id: expected letters, digits, dots, dashes and underscores, got '"
                            + value
                            + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
