package aiv1.inventor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A place in a codec that every genome fills with exactly one choice.
enum Slot {
    PICTURES,
    MOTION,
    INTRA,
    TRANSFORM,
    CHROMA,
    QUANTISER,
    FILTER,
    ENTROPY;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What may fill this slot, simple ones first.
    List<Choice> choices() {
        return Arrays.stream(Choice.values()).filter(choice -> choice.slot() == this).toList();
    }
}
