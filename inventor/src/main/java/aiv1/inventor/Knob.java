package aiv1.inventor;

import java.util.List;
import java.util.Locale;

/// A number in a codec that the search may turn: what it means, and the values it may have, in
/// order.
@SuppressWarnings("ImmutableEnumChecker") // the list is never changed
enum Knob {
    QP_TOP("quantiser (H.264's scale) of the lowest quality", 36, 33, 34, 35, 36, 37, 38),
    QP_SPACING("quantiser difference of two qualities", 4.75, 4.25, 4.5, 4.75, 5),
    QP_KEY("key frames are finer by this", -3, -6, -5, -4, -3, -2, -1, 0),
    QP_CHROMA("chroma is coarser by this", 0, -2, -1, 0, 1, 2, 3),
    GOP("distance of the pyramid's anchors in frames", 4, 2, 4, 8, 16),
    ANCHORS("references of an anchor", 1, 1, 2),
    QP_BETWEEN("bidirectional frames are coarser by this", 4, 1, 2, 3, 4, 5, 6),
    QP_LAYER("each further layer is coarser by this", 1, 0, 0.5, 1, 1.5, 2),
    PEL("vectors in fractions of a sample", 4, 1, 2, 4),
    RANGE("motion search in samples", 16, 8, 16, 24),
    PRICE("price of a bit of motion in squared steps", 0.15, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4),
    ANGLES("directions of intra prediction", 16, 8, 12, 16, 24, 30),
    SIZE("transform size", 8, 4, 8, 16),
    ROUND_KEY("rounding offset in key frames", 0.35, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5),
    ROUND_INTER("rounding offset elsewhere", 0.2, 0.1, 0.15, 0.2, 0.25, 0.33, 0.5),
    SLOPE("extra step per diagonal, in sixteenths", 0.5, 0.25, 0.5, 1, 2),
    LAMBDA("price of a bit in squared steps", 0.13, 0.07, 0.1, 0.13, 0.16, 0.2, 0.25),
    DEBLOCK("strength of the deblocking filter", 1, 0.25, 0.5, 0.75, 1, 1.5),
    CONTEXT("which context counts", 0, 0, 1, 2, 3, 4, 5),
    INPUTS("how many contexts are mixed", 6, 2, 3, 4, 5, 6),
    MEMORY("observations after which chances forget", 250, 30, 60, 120, 250, 500, 1000);

    /// Those that every codec has.
    static final List<Knob> ALWAYS = List.of(QP_TOP, QP_SPACING, QP_KEY, QP_CHROMA);

    private final String words;
    private final double usual;
    private final List<Double> allowed;

    Knob(String words, double usual, double... values) {
        this.words = words;
        this.usual = usual;
        this.allowed = java.util.Arrays.stream(values).boxed().toList();
    }

    String words() {
        return words;
    }

    double usual() {
        return usual;
    }

    List<Double> allowed() {
        return allowed;
    }

    /// The value as Python and the genome line write it: whole numbers without a point.
    static String text(double value) {
        return value == Math.rint(value)
                ? Long.toString(Math.round(value))
                : String.format(Locale.ROOT, "%s", value);
    }
}
