package aiv1.domain.clip;

/// Frames per second as an exact fraction, in lowest terms, > 0.
public record FrameRate(long numerator, long denominator) {
    public FrameRate {
        if (numerator <= 0 || denominator <= 0) {
            throw new IllegalArgumentException(
                    "frame rate: expected a fraction > 0, got " + numerator + "/" + denominator);
        }
        long divisor = greatestCommonDivisor(numerator, denominator);
        numerator /= divisor;
        denominator /= divisor;
    }

    /// The rate in Hz.
    public double perSecond() {
        return (double) numerator / denominator;
    }

    /// How long `frameCount` frames last, in seconds.
    public double secondsOf(long frameCount) {
        return (double) frameCount * denominator / numerator;
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
