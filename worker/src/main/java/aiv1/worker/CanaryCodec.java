package aiv1.worker;

import aiv1.domain.LabFaultException;
import aiv1.domain.Sha256;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.StageLimit;
import aiv1.domain.rd.Distortion;
import aiv1.sandbox.CodecJob;
import aiv1.sandbox.DecodeResult;
import aiv1.sandbox.EncodeResult;
import aiv1.sandbox.FrameSource;
import aiv1.sandbox.Sandbox;
import aiv1.sandbox.ScreenResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A codec whose bytes, frames and numbers on a tiny clip are known, taken the way of any
/// candidate: screened, encoded and decoded in sandboxes, compared by the meter. A worker that
/// gives other numbers measures nothing right, so it is tried before anything is paid for.
///
/// The codec keeps four bits of each sample; its numbers come from a second implementation, in
/// plain Python, and from ffmpeg's psnr and ssim filters.
public final class CanaryCodec {
    private static final VideoFormat FORMAT = new VideoFormat(32, 16, new FrameRate(30, 1));
    private static final int FRAME_COUNT = 3;
    private static final int QUALITY = 2;

    /// Of PSNR in dB and of SSIM: what two orders of a sum may differ by, and no more.
    private static final double TOLERANCE = 1e-9;

    private static final StageLimit LIMIT =
            new StageLimit(Duration.ofSeconds(10), Duration.ofSeconds(20), 1L << 30, 1 << 16);

    private final Candidate candidate;
    private final Expected expected;

    /// What must come out: hashes of the bitstream and of all frames, and how far they are from the
    /// clip.
    record Expected(
            int bitstreamBytes,
            String bitstreamSha256,
            String framesSha256,
            double psnrY,
            double psnrU,
            double psnrV,
            double ssimY) {}

    static final Expected KNOWN =
            new Expected(
                    1159,
                    "96eecafb3d73d90a0640dd537a9ea986c37c19c7403561ff931feb485e281b66",
                    "a7e72e179356ce856c059ea5f9cb00d02e83910c08630fcbeeca441517419bc3",
                    34.82606270131324,
                    34.919974641172736,
                    34.85291507290991,
                    0.9979849529811705);

    CanaryCodec(Candidate candidate, Expected expected) {
        this.candidate = candidate;
        this.expected = expected;
    }

    /// Tries the built-in codec and says what it gave, in a line. Throws [LabFaultException] with
    /// the first thing that is not as known.
    public static String require(Sandbox sandbox) {
        return new CanaryCodec(bundled(), KNOWN).requireExact(sandbox);
    }

    String requireExact(Sandbox sandbox) {
        if (sandbox.screen(candidate) instanceof ScreenResult.Refused refused) {
            throw stopped(refused.outcome());
        }
        byte[] bitstream =
                switch (sandbox.encode(job(), clip())) {
                    case EncodeResult.Stopped stopped -> throw stopped(stopped.outcome());
                    case EncodeResult.Encoded encoded -> encoded.bitstream();
                };
        require("bitstream bytes", expected.bitstreamBytes(), bitstream.length);
        require("bitstream", expected.bitstreamSha256(), Sha256.of(bitstream));
        ReconstructionMeter meter = new ReconstructionMeter(FORMAT, clip());
        if (sandbox.decode(job(), bitstream, meter) instanceof DecodeResult.Stopped stopped) {
            throw stopped(stopped.outcome());
        }
        require("frames", expected.framesSha256(), meter.sha256());
        Distortion distortion = Distortion.of(FORMAT, meter.distortions());
        requireNear("PSNR-Y in dB", expected.psnrY(), distortion.psnrY());
        requireNear("PSNR-U in dB", expected.psnrU(), distortion.psnrU());
        requireNear("PSNR-V in dB", expected.psnrV(), distortion.psnrV());
        requireNear("SSIM-Y", expected.ssimY(), distortion.ssimY());
        return String.format(
                Locale.ROOT,
                "%d bytes, PSNR-Y %.2f dB, SSIM-Y %.4f: as known",
                bitstream.length,
                distortion.psnrY(),
                distortion.ssimY());
    }

    private CodecJob job() {
        return new CodecJob(candidate, FORMAT, FRAME_COUNT, QUALITY, LIMIT, 0, frame -> {});
    }

    /// The clip, from its start.
    private static FrameSource clip() {
        int[] next = {0};
        return frame -> {
            if (next[0] == FRAME_COUNT) {
                return false;
            }
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (byte) (i * 7 + next[0] * 31 + i / 13 * (i % 5));
            }
            next[0]++;
            return true;
        };
    }

    static Candidate bundled() {
        Map<Part, String> sources = new EnumMap<>(Part.class);
        for (Part part : List.of(Part.ENCODER, Part.DECODER, Part.COMMON)) {
            sources.put(part, resource("canary/" + part.fileName()));
        }
        return new Candidate(sources, Contract.NATIVE);
    }

    private static String resource(String name) {
        try (InputStream in = CanaryCodec.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + ": expected it in the jar, got none");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static void require(String what, Object expected, Object got) {
        if (!expected.equals(got)) {
            throw wrong(what, expected, got);
        }
    }

    private static void requireNear(String what, double expected, double got) {
        if (!(Math.abs(expected - got) <= TOLERANCE)) {
            throw wrong(what, expected, got);
        }
    }

    private static LabFaultException wrong(String what, Object expected, Object got) {
        return new LabFaultException(
                "canary codec: %s: expected %s, got %s: this machine does not measure right"
                        .formatted(what, expected, got));
    }

    private static LabFaultException stopped(NotMeasured outcome) {
        return new LabFaultException(
                "canary codec: expected it to run, got %s: %s"
                        .formatted(outcome.label(), outcome.failure().summary()));
    }
}
