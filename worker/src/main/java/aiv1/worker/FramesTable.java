package aiv1.worker;

import aiv1.domain.clip.VideoFormat;
import aiv1.domain.rd.FrameDistortion;
import aiv1.domain.rd.Psnr;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// The per-frame table of a run as CSV: the integer errors as measured, and what is derived from
/// them.
final class FramesTable {
    private static final String HEADER =
            "frame,sse_y,sse_u,sse_v,psnr_y_db,psnr_u_db,psnr_v_db,ssim_y\n";

    private FramesTable() {}

    static byte[] write(VideoFormat format, List<FrameDistortion> frames) {
        StringBuilder csv = new StringBuilder(HEADER);
        for (int i = 0; i < frames.size(); i++) {
            FrameDistortion frame = frames.get(i);
            csv.append(
                    String.format(
                            Locale.ROOT,
                            "%d,%d,%d,%d,%.6f,%.6f,%.6f,%.9f\n",
                            i,
                            frame.sseY(),
                            frame.sseU(),
                            frame.sseV(),
                            Psnr.ofSse(frame.sseY(), format.lumaBytes()),
                            Psnr.ofSse(frame.sseU(), format.chromaBytes()),
                            Psnr.ofSse(frame.sseV(), format.chromaBytes()),
                            frame.ssimY()));
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }
}
