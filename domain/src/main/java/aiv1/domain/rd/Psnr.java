package aiv1.domain.rd;

/// Peak signal-to-noise ratio of 8-bit samples, in dB, capped at [#CAP_DB] as libvmaf does (6 * 8 +
/// 12).
public final class Psnr {
    public static final double CAP_DB = 60;
    private static final double PEAK_SQUARED = 255.0 * 255.0;

    private Psnr() {}

    /// 10 * log10(255^2 / MSE) for a sum of squared errors over `sampleCount` samples (> 0).
    public static double ofSse(long sse, long sampleCount) {
        if (sse == 0) {
            return CAP_DB;
        }
        return Math.min(CAP_DB, 10 * Math.log10(PEAK_SQUARED * sampleCount / (double) sse));
    }

    /// (14 Y + U + V) / 16, the headline of the AOM common test conditions.
    public static double weighted1411(double y, double u, double v) {
        return (14 * y + u + v) / 16;
    }

    /// (6 Y + U + V) / 8, the habit of JVET.
    public static double weighted611(double y, double u, double v) {
        return (6 * y + u + v) / 8;
    }
}
