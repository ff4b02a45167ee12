package aiv1.proposer.prompt;

import aiv1.domain.clip.Clip;
import aiv1.domain.rd.RdCurve;

/// Where the curves of anchors come from: PSNR-YUV over kbit/s.
@FunctionalInterface
public interface AnchorCurves {
    RdCurve of(String anchor, Clip clip);
}
