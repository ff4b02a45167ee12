package aiv1.domain.experiment;

import aiv1.domain.clip.Clip;
import java.time.Duration;
import java.util.Locale;

/// How much CPU time a candidate may use: stated for a 60-frame CIF clip on one core, scaled by the
/// samples of the clip at hand, and never below three tenths of what is stated.
public enum LimitClass {
    LIGHT(Duration.ofSeconds(120), Duration.ofSeconds(30)),
    HEAVY(Duration.ofSeconds(300), Duration.ofSeconds(60));

    private static final double REFERENCE_SAMPLES = 352.0 * 288 * 60;
    private static final double SCALE_MIN = 0.3;
    private static final long MEMORY_BYTES_MAX = 2L << 30;
    private static final long BITSTREAM_BYTES_MAX = 64L << 20;

    /// Generous, for a machine that does other work too must not be held against a codec: it only
    /// ends what sleeps.
    private static final int WALL_PER_CPU = 5;

    private static final Duration BUILD = Duration.ofMinutes(2);
    private static final long BUILD_BYTES_MAX = 64L << 20;

    private final Duration encode;
    private final Duration decode;

    LimitClass(Duration encode, Duration decode) {
        this.encode = encode;
        this.decode = decode;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The encoder's limits; a bitstream larger than the raw clip, or than 64 MiB, is refused as
    /// expansion.
    public StageLimit encodeLimit(Clip clip) {
        return limit(encode, clip, Math.min(clip.rawBytes(), BITSTREAM_BYTES_MAX));
    }

    /// The decoder's limits; it may write exactly the clip's frames, so one byte over ends it.
    public StageLimit decodeLimit(Clip clip) {
        return limit(decode, clip, clip.rawBytes());
    }

    /// The limits of a candidate's build, whatever the clips.
    public StageLimit buildLimit() {
        return new StageLimit(
                BUILD, BUILD.multipliedBy(WALL_PER_CPU), MEMORY_BYTES_MAX, BUILD_BYTES_MAX);
    }

    private static StageLimit limit(Duration stated, Clip clip, long outputBytesMax) {
        double scale =
                Math.max(
                        SCALE_MIN,
                        (double) clip.format().lumaBytes() * clip.frameCount() / REFERENCE_SAMPLES);
        Duration cpu = Duration.ofMillis(Math.round(stated.toMillis() * scale));
        return new StageLimit(
                cpu, cpu.multipliedBy(WALL_PER_CPU), MEMORY_BYTES_MAX, outputBytesMax);
    }
}
