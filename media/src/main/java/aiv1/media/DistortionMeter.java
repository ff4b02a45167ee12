package aiv1.media;

import aiv1.domain.clip.VideoFormat;
import aiv1.domain.rd.FrameDistortion;

/// Measures how far a reconstructed frame is from its source: squared errors of each plane and the
/// luma SSIM. Not thread-safe.
public final class DistortionMeter {
    private final VideoFormat format;
    private final SquaredError squaredError = SquaredError.best();
    private final BlockSsim ssim;

    public DistortionMeter(VideoFormat format) {
        this.format = format;
        this.ssim = new BlockSsim(format.width(), format.height());
    }

    /// Both are planar frames (Y, U, V) of the format.
    public FrameDistortion measure(byte[] source, byte[] reconstruction) {
        requireSize(source);
        requireSize(reconstruction);
        int luma = format.lumaBytes();
        int chroma = format.chromaBytes();
        return new FrameDistortion(
                squaredError.sum(source, reconstruction, 0, luma),
                squaredError.sum(source, reconstruction, luma, chroma),
                squaredError.sum(source, reconstruction, luma + chroma, chroma),
                ssim.mean(source, reconstruction));
    }

    private void requireSize(byte[] frame) {
        if (frame.length != format.frameBytes()) {
            throw new IllegalArgumentException(
                    "frame: expected %d bytes, got %d"
                            .formatted(format.frameBytes(), frame.length));
        }
    }
}
