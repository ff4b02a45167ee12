package aiv1.domain.rd;

/// Bitrate and quality of one run: kbit/s (> 0) and a metric's value, in dB for PSNR.
public record RatePoint(double bitrateKbps, double quality) {
    public RatePoint {
        if (!(bitrateKbps > 0) || !Double.isFinite(bitrateKbps) || !Double.isFinite(quality)) {
            throw new IllegalArgumentException(
                    "rate point: expected a bitrate > 0 and a finite quality, got %s kbit/s at %s"
                            .formatted(bitrateKbps, quality));
        }
    }
}
