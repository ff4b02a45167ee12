package aiv1.media;

import aiv1.domain.LabFaultException;
import aiv1.domain.Sha256;
import aiv1.domain.clip.VideoFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes of frames what a browser plays: VP9 in MP4, whose timestamps are exact (WebM's are whole
/// milliseconds). Thread-safe.
///
/// Up to [#LOSSLESS_SAMPLES_MAX] it is lossless, and decoded again to prove it; above that a proxy,
/// good for motion. No frame is hidden or moved, so that frame n stands at n / rate.
public final class BrowserVideo {
    /// Luma samples of all frames together up to which a video is lossless.
    public static final long LOSSLESS_SAMPLES_MAX = 30_000_000;

    private static final String ENCODER = "libvpx-vp9";
    private static final Duration DURATION_MAX = Duration.ofHours(2);
    private static final int KEY_FRAME_DISTANCE = 30;
    private static final List<String> LOSSLESS =
            List.of("-lossless", "1", "-deadline", "realtime", "-cpu-used", "6");
    private static final List<String> PROXY =
            List.of("-crf", "6", "-b:v", "0", "-deadline", "realtime", "-cpu-used", "6");

    private final Ffmpeg ffmpeg;

    public BrowserVideo(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    public static boolean isLossless(VideoFormat format, int frameCount) {
        return (long) format.lumaBytes() * frameCount <= LOSSLESS_SAMPLES_MAX;
    }

    /// Writes the video of a canonical Y4M file to `mp4`, which is whole only when this returns.
    /// Throws [LabFaultException] with what is missing or went wrong.
    public void write(Path y4m, VideoFormat format, int frameCount, Path mp4) {
        if (!ffmpeg.hasEncoder(ENCODER)) {
            throw new LabFaultException(
                    "video: expected ffmpeg to have the encoder %s, got none; run 'aiv1 setup'"
                            .formatted(ENCODER));
        }
        try {
            encode(y4m, format, isLossless(format, frameCount), mp4);
            if (isLossless(format, frameCount)) {
                String expected = sha256OfFrames(y4m, format);
                String got = decodedSha256(mp4);
                if (!got.equals(expected)) {
                    throw new LabFaultException(
                            "video: expected the lossless file to decode to sha256 %s, got %s"
                                    .formatted(expected, got));
                }
            }
        } catch (IOException failure) {
            throw new LabFaultException("video: cannot be written: " + failure, failure);
        }
    }

    /// The frames go in by a pipe, so that an ffmpeg whose lab has died ends with its input.
    private void encode(Path y4m, VideoFormat format, boolean isLossless, Path mp4)
            throws IOException {
        String tag = ColourMatrix.of(format).tag();
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-xerror", "-threads", "1", "-f", "yuv4mpegpipe", "-i", "pipe:0"));
        arguments.addAll(
                List.of(
                        "-vf",
                        "setparams=range=tv:colorspace=%s:color_primaries=%s:color_trc=%s"
                                .formatted(tag, tag, tag)));
        arguments.addAll(List.of("-fps_mode", "passthrough", "-pix_fmt", "yuv420p"));
        arguments.addAll(List.of("-c:v", ENCODER, "-threads", "2", "-row-mt", "1"));
        arguments.addAll(isLossless ? LOSSLESS : PROXY);
        arguments.addAll(List.of("-auto-alt-ref", "0", "-lag-in-frames", "0"));
        arguments.addAll(List.of("-g", Integer.toString(KEY_FRAME_DISTANCE)));
        arguments.addAll(List.of("-movflags", "+faststart", "-f", "mp4", "-y", "file:" + mp4));
        try (FfmpegProcess process = ffmpeg.start(DURATION_MAX, arguments)) {
            Optional<String> refused = feed(y4m, process.input());
            requireNoComplaint(process.finish(), refused);
        }
    }

    /// What ffmpeg complains of says more than the pipe that it closed.
    private static Optional<String> feed(Path y4m, OutputStream in) {
        try (in) {
            Files.copy(y4m, in);
            return Optional.empty();
        } catch (IOException closed) {
            return Optional.of(String.valueOf(closed.getMessage()));
        }
    }

    private String decodedSha256(Path mp4) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-xerror", "-err_detect", "explode", "-i", "file:" + mp4));
        arguments.addAll(List.of("-fps_mode", "passthrough", "-pix_fmt", "yuv420p"));
        arguments.addAll(List.of("-f", "rawvideo", "-"));
        try (FfmpegProcess process = ffmpeg.start(DURATION_MAX, arguments)) {
            MessageDigest digest = Sha256.digest();
            byte[] buffer = new byte[1 << 16];
            for (int n = process.output().read(buffer); n >= 0; n = process.output().read(buffer)) {
                digest.update(buffer, 0, n);
            }
            requireNoComplaint(process.finish(), Optional.empty());
            return Sha256.hex(digest);
        }
    }

    private static String sha256OfFrames(Path y4m, VideoFormat format) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] frame = new byte[format.frameBytes()];
        try (Y4mReader frames = Y4mReader.open(y4m)) {
            while (frames.next(frame)) {
                digest.update(frame);
            }
        }
        return Sha256.hex(digest);
    }

    private static void requireNoComplaint(FfmpegLog log, Optional<String> refused) {
        log.complaint()
                .or(() -> refused)
                .ifPresent(
                        complaint -> {
                            throw new LabFaultException("video: ffmpeg: " + complaint);
                        });
    }
}
