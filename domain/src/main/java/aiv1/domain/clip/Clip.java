package aiv1.domain.clip;

/// Source video: its content's name, the name people use, and its shape. The samples live in the
/// clip library.
///
/// `frameCount` is > 0. Two clips with one id hold the same frames at the same rate.
public record Clip(ClipId id, String name, VideoFormat format, int frameCount, ClipOrigin origin) {
    public Clip {
        if (name.isBlank()) {
            throw new IllegalArgumentException("clip name: expected a name, got blank");
        }
        if (frameCount <= 0) {
            throw new IllegalArgumentException(
                    name + ": frame count: expected > 0, got " + frameCount);
        }
    }

    public double durationSeconds() {
        return format.frameRate().secondsOf(frameCount);
    }

    /// Bytes of all its samples, without any container.
    public long rawBytes() {
        return (long) format.frameBytes() * frameCount;
    }

    /// The bitrate in kbit/s (1 kbit = 1000 bit) of `bytes` spent on this clip.
    public double bitrateKbps(double bytes) {
        return bytes * 8 / durationSeconds() / 1000;
    }
}
