package aiv1.proposer.prompt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a model is asked for.
public enum Mode {
    NOTHING("a codec from nothing", 0),
    IMPROVE("a better version of one codec", 1),
    CROSS("one codec from two", 2),
    REPAIR("a failed codec mended", 1),
    EXPLORE("a tool that was not tried", 0);

    private final String words;
    private final int parentCount;

    Mode(String words, int parentCount) {
        this.words = words;
        this.parentCount = parentCount;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String words() {
        return words;
    }

    /// How many parents it needs at least.
    public int parentCount() {
        return parentCount;
    }

    public static Optional<Mode> find(String label) {
        return Arrays.stream(values()).filter(mode -> mode.label().equals(label)).findFirst();
    }
}
