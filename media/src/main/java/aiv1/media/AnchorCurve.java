package aiv1.media;

import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.rd.RatePoint;
import aiv1.domain.rd.RdCurve;
import java.util.List;

/// What an anchor does on one clip. `identity` is the hash of program and arguments: equal only for
/// the same encoder build.
public record AnchorCurve(String anchor, String identity, ClipId clip, List<AnchorPoint> points) {
    public AnchorCurve {
        points = List.copyOf(points);
    }

    /// Bitrate over PSNR-YUV (14:1:1) of `of`, the clip it was computed on.
    public RdCurve psnrYuv(Clip of) {
        return new RdCurve(
                points.stream()
                        .map(
                                point ->
                                        new RatePoint(
                                                of.bitrateKbps((double) point.streamBytes()),
                                                point.distortion().psnrYuv()))
                        .toList());
    }
}
