package aiv1.sandbox;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.experiment.StageLimit;
import java.time.Duration;
import java.util.Map;

/// Small codecs and jobs for tests: a synthetic clip of 16x12, 4 frames.
final class Codecs {
    static final VideoFormat FORMAT = new VideoFormat(16, 12, new FrameRate(30, 1));
    static final int FRAME_COUNT = 4;
    static final StageLimit LIMIT = limit(5, 10);

    /// Stores the raw planes behind zlib.
    static final String LOSSLESS_ENCODER =
            """
            import struct, zlib

            def encode(clip, quality):
                raw = b"".join(p.tobytes() for frame in clip for p in frame)
                return struct.pack("<HHH", clip.width, clip.height, clip.frame_count) + zlib.compress(raw)
            """;

    static final String LOSSLESS_DECODER =
            """
            import struct, zlib
            import numpy as np

            def decode(bitstream):
                w, h, n = struct.unpack_from("<HHH", bitstream)
                raw = np.frombuffer(zlib.decompress(bitstream[6:]), np.uint8).reshape(n, -1)
                for f in raw:
                    yield (f[: w * h].reshape(h, w), f[w * h : w * h * 5 // 4].reshape(h // 2, w // 2), f[w * h * 5 // 4 :].reshape(h // 2, w // 2))
            """;

    private Codecs() {}

    static StageLimit limit(int cpuSeconds, int wallSeconds) {
        return new StageLimit(
                Duration.ofSeconds(cpuSeconds),
                Duration.ofSeconds(wallSeconds),
                512L << 20,
                1 << 16);
    }

    static Candidate candidate(String encoder, String decoder, Contract contract) {
        return new Candidate(Map.of(Part.ENCODER, encoder, Part.DECODER, decoder), contract);
    }

    static CodecJob job(Candidate candidate, StageLimit limit) {
        return new CodecJob(candidate, FORMAT, FRAME_COUNT, 2, limit, 0, frame -> {});
    }

    /// The bytes of frame `index`, planes in order.
    static byte[] frame(int index) {
        byte[] frame = new byte[FORMAT.frameBytes()];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (byte) (i * 7 + index * 31);
        }
        return frame;
    }

    /// A fresh source of the synthetic clip.
    static FrameSource source() {
        int[] next = {0};
        return into -> {
            if (next[0] == FRAME_COUNT) {
                return false;
            }
            byte[] frame = frame(next[0]++);
            System.arraycopy(frame, 0, into, 0, frame.length);
            return true;
        };
    }
}
