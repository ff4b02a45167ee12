package aiv1.worker;

import aiv1.domain.Sha256;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.rd.FrameDistortion;
import aiv1.media.DistortionMeter;
import aiv1.sandbox.FrameSink;
import aiv1.sandbox.FrameSource;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// Compares decoded frames with the source as they arrive, one by one, and hashes them; holds one
/// frame at a time.
final class ReconstructionMeter implements FrameSink {
    private final FrameSource source;
    private final DistortionMeter meter;
    private final byte[] sourceFrame;
    private final MessageDigest digest = Sha256.digest();
    private final List<FrameDistortion> distortions = new ArrayList<>();

    ReconstructionMeter(VideoFormat format, FrameSource source) {
        this.source = source;
        this.meter = new DistortionMeter(format);
        this.sourceFrame = new byte[format.frameBytes()];
    }

    @Override
    public void accept(int index, byte[] frame) throws IOException {
        if (!source.next(sourceFrame)) {
            throw new IOException("frame " + index + ": the source clip has no such frame");
        }
        digest.update(frame);
        distortions.add(meter.measure(sourceFrame, frame));
    }

    List<FrameDistortion> distortions() {
        return distortions;
    }

    /// The hash of all frames so far; ask once, at the end.
    String sha256() {
        return Sha256.hex(digest);
    }
}
