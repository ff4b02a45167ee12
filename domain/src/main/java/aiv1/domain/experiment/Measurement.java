package aiv1.domain.experiment;

import aiv1.domain.ArtifactId;
import aiv1.domain.rd.Distortion;
import java.util.List;

/// What one run cost and how good it looked.
///
/// `streamBytes` (> 0) are all bytes that crossed from encoder to decoder; `bitrateKbps` is theirs
/// over the clip's duration. `reconstructionSha256` is of the planar bytes, Y, U, V per frame,
/// frames in order. `frames` is the per-frame table as CSV. `labels` are remarks that go with the
/// number, such as "did not read the source".
public record Measurement(
        long streamBytes,
        double bitrateKbps,
        Distortion distortion,
        Usage encode,
        Usage decode,
        ArtifactId bitstream,
        String reconstructionSha256,
        ArtifactId frames,
        List<String> labels) {
    public Measurement {
        if (streamBytes <= 0) {
            throw new IllegalArgumentException("stream bytes: expected > 0, got " + streamBytes);
        }
        labels = List.copyOf(labels);
    }

    public long peakMemoryBytes() {
        return Math.max(encode.peakMemoryBytes(), decode.peakMemoryBytes());
    }
}
