package aiv1.proposer.prompt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a model is asked for.
public enum Mode {
    /// A codec from nothing.
    NOTHING(0),
    /// A better version of one codec.
    IMPROVE(1),
    /// One codec from two.
    CROSS(2),
    /// A failed codec mended.
    REPAIR(1),
    /// A tool that was not tried.
    EXPLORE(0);

    private final int parentCount;

    Mode(int parentCount) {
        this.parentCount = parentCount;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// How many parents it needs at least.
    public int parentCount() {
        return parentCount;
    }

    public static Optional<Mode> find(String label) {
        return Arrays.stream(values()).filter(mode -> mode.label().equals(label)).findFirst();
    }
}
