package aiv1.dashboard;

import aiv1.domain.clip.Clip;
import java.util.List;
import java.util.Optional;

/// The seam to the reference codecs' curves that were measured before; nothing is computed here.
@FunctionalInterface
public interface AnchorCurves {
    /// The points of `anchor` on `clip`, in the order of their settings; empty when they were never
    /// measured with the program at hand.
    Optional<List<Point>> find(String anchor, Clip clip);

    /// One encode: its setting, such as a CRF, rate in kbit/s, PSNR in dB, SSIM in 0 to 1.
    record Point(int setting, double bitrateKbps, double psnrYuv, double psnrY, double ssimY) {}
}
