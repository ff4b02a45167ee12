package aiv1.domain.rd;

/// How far one reconstructed frame is from its source: the integer sum of squared errors of each
/// plane, and the luma SSIM.
///
/// The sums are stored as measured, so that every derived number can be computed again. `ssimY` is
/// ssim-8x8 in [-1, 1].
public record FrameDistortion(long sseY, long sseU, long sseV, double ssimY) {
    public FrameDistortion {
        if (sseY < 0 || sseU < 0 || sseV < 0 || Double.isNaN(ssimY)) {
            throw new IllegalArgumentException(
                    "frame distortion: expected sums >= 0 and a number, got %d %d %d %s"
                            .formatted(sseY, sseU, sseV, ssimY));
        }
    }
}
