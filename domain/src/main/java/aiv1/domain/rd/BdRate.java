package aiv1.domain.rd;

/// Bjontegaard delta rate: percent bitrate at equal quality of a test curve against an anchor's;
/// negative is a saving.
///
/// Log bitrate over quality, PCHIP, exact integral over the overlap of the two quality ranges, as
/// in the JVET common test conditions; an Akima interpolation beside it as a cross-check. Never
/// extrapolated: where it can't be computed there is a reason.
public sealed interface BdRate {
    int POINT_COUNT_MIN = 4;

    /// A number that was computed. `overlap` is the shared quality range over the union of both, in
    /// (0, 1].
    record Percent(double percent, double akimaPercent, double overlap) implements BdRate {
        private static final double OVERLAP_MIN = 0.5;
        private static final double DISAGREEMENT_MAX = 1.0;

        /// Whether the number should be read with care: little overlap, or the two interpolations
        /// disagree by over a point.
        public boolean isDoubtful() {
            return overlap < OVERLAP_MIN || Math.abs(percent - akimaPercent) > DISAGREEMENT_MAX;
        }
    }

    /// No number, and why.
    record Absent(String reason) implements BdRate {}

    /// The two curves of one comparison, by name, so that they cannot be swapped.
    record Comparison(RdCurve anchor, RdCurve test) {}

    static BdRate compute(Comparison comparison) {
        RdCurve anchor = comparison.anchor();
        RdCurve test = comparison.test();
        if (anchor.points().size() < POINT_COUNT_MIN || test.points().size() < POINT_COUNT_MIN) {
            return new Absent(
                    "too few points: expected at least %d, got %d of the anchor and %d of the test"
                            .formatted(
                                    POINT_COUNT_MIN, anchor.points().size(), test.points().size()));
        }
        if (!anchor.isMonotonic() || !test.isMonotonic()) {
            return new Absent(
                    "not monotonic: more bits do not always give more quality on the "
                            + (test.isMonotonic() ? "anchor's" : "test's")
                            + " curve");
        }
        double[] anchorQuality = anchor.qualities();
        double[] testQuality = test.qualities();
        double low = Math.max(anchorQuality[0], testQuality[0]);
        double high = Math.min(last(anchorQuality), last(testQuality));
        if (high <= low) {
            return new Absent(
                    "no overlap: the anchor spans %.2f to %.2f, the test %.2f to %.2f"
                            .formatted(
                                    anchorQuality[0],
                                    last(anchorQuality),
                                    testQuality[0],
                                    last(testQuality)));
        }
        double union =
                Math.max(last(anchorQuality), last(testQuality))
                        - Math.min(anchorQuality[0], testQuality[0]);
        double pchip =
                CubicSpline.pchip(testQuality, test.logRates()).integral(low, high)
                        - CubicSpline.pchip(anchorQuality, anchor.logRates()).integral(low, high);
        double akima =
                CubicSpline.akima(testQuality, test.logRates()).integral(low, high)
                        - CubicSpline.akima(anchorQuality, anchor.logRates()).integral(low, high);
        return new Percent(
                percentOf(pchip / (high - low)),
                percentOf(akima / (high - low)),
                (high - low) / union);
    }

    private static double percentOf(double meanLogDifference) {
        return (Math.pow(10, meanLogDifference) - 1) * 100;
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }
}
