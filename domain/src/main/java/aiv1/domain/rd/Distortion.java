package aiv1.domain.rd;

import aiv1.domain.clip.VideoFormat;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// How far a reconstruction is from its clip: the quality numbers of one run, all in dB but for
/// `ssimY`.
///
/// `psnr*` are means of the frames' PSNR; `apsnr*` come from the pooled error of the clip; `ssimY`
/// is the mean ssim-8x8 of luma.
public record Distortion(
        double psnrY,
        double psnrU,
        double psnrV,
        double apsnrY,
        double apsnrU,
        double apsnrV,
        double ssimY) {

    /// Pools frames (at least one) of one format.
    public static Distortion of(VideoFormat format, List<FrameDistortion> frames) {
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("distortion: expected frames, got none");
        }
        long luma = format.lumaBytes();
        long chroma = format.chromaBytes();
        return new Distortion(
                mean(frames, frame -> Psnr.ofSse(frame.sseY(), luma)),
                mean(frames, frame -> Psnr.ofSse(frame.sseU(), chroma)),
                mean(frames, frame -> Psnr.ofSse(frame.sseV(), chroma)),
                pooled(frames, FrameDistortion::sseY, luma),
                pooled(frames, FrameDistortion::sseU, chroma),
                pooled(frames, FrameDistortion::sseV, chroma),
                mean(frames, FrameDistortion::ssimY));
    }

    /// The headline: 14:1:1 of the clip means.
    public double psnrYuv() {
        return Psnr.weighted1411(psnrY, psnrU, psnrV);
    }

    private static double mean(
            List<FrameDistortion> frames, ToDoubleFunction<FrameDistortion> value) {
        return frames.stream().mapToDouble(value).sum() / frames.size();
    }

    private static double pooled(
            List<FrameDistortion> frames, ToLongFunction<FrameDistortion> sse, long samples) {
        long total = frames.stream().mapToLong(sse).reduce(0, Math::addExact);
        return Psnr.ofSse(total, samples * frames.size());
    }
}
