package aiv1.media;

import aiv1.domain.LabFaultException;
import aiv1.domain.clip.Clip;
import aiv1.domain.rd.Distortion;
import aiv1.domain.rd.FrameDistortion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Encodes a clip with an anchor at one setting, counts the bytes, decodes them again and measures
/// every frame.
final class AnchorEncoder {
    private static final Duration DURATION_MAX = Duration.ofHours(6);

    private final Ffmpeg ffmpeg;
    private final ClipLibrary clips;

    AnchorEncoder(Ffmpeg ffmpeg, ClipLibrary clips) {
        this.ffmpeg = ffmpeg;
        this.clips = clips;
    }

    AnchorPoint measure(Anchor anchor, int setting, Clip clip) {
        String where = "%s at %d on %s".formatted(anchor.name(), setting, clip.name());
        if (!ffmpeg.hasEncoder(anchor.encoder())) {
            throw new LabFaultException(
                    "%s: expected ffmpeg to have the encoder %s, got none"
                            .formatted(where, anchor.encoder()));
        }
        try {
            Path stream = Files.createTempFile("aiv1-anchor-", "." + anchor.format());
            try {
                double cpuSeconds = encode(where, anchor, setting, clip, stream);
                return new AnchorPoint(
                        setting,
                        Files.size(stream),
                        decode(where, anchor, clip, stream),
                        cpuSeconds);
            } finally {
                Files.deleteIfExists(stream);
            }
        } catch (IOException failure) {
            throw new LabFaultException(where + ": " + failure.getMessage(), failure);
        }
    }

    /// The CPU seconds of encoding.
    private double encode(String where, Anchor anchor, int setting, Clip clip, Path stream)
            throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-benchmark", "-threads", "1", "-i", clips.file(clip).toString()));
        arguments.addAll(List.of("-threads", "1", "-c:v", anchor.encoder()));
        arguments.addAll(anchor.argumentsAt(setting));
        if (!anchor.strip().isEmpty()) {
            arguments.addAll(List.of("-bsf:v", anchor.strip()));
        }
        arguments.addAll(List.of("-f", anchor.format(), "-"));
        try (FfmpegProcess process = ffmpeg.start(DURATION_MAX, arguments);
                OutputStream out = Files.newOutputStream(stream)) {
            process.output().transferTo(out);
            FfmpegLog log = process.finish();
            requireNoComplaint(where, log);
            return log.cpuSeconds();
        }
    }

    /// A decoder of 10 bits, such as VVC's, is rounded to 8 without dither, which would cost it a
    /// tenth of a dB.
    private Distortion decode(String where, Anchor anchor, Clip clip, Path stream)
            throws IOException {
        List<String> arguments =
                List.of(
                        "-xerror",
                        "-err_detect",
                        "explode",
                        "-threads",
                        "1",
                        "-f",
                        anchor.format(),
                        "-i",
                        stream.toString(),
                        "-fps_mode",
                        "passthrough",
                        "-sws_dither",
                        "none",
                        "-pix_fmt",
                        "yuv420p",
                        "-f",
                        "rawvideo",
                        "-");
        List<FrameDistortion> frames = new ArrayList<>();
        try (FfmpegProcess process = ffmpeg.start(DURATION_MAX, arguments);
                ClipReader source = clips.read(clip)) {
            DistortionMeter meter = new DistortionMeter(clip.format());
            byte[] original = new byte[clip.format().frameBytes()];
            byte[] decoded = new byte[clip.format().frameBytes()];
            while (process.output().readNBytes(decoded, 0, decoded.length) == decoded.length) {
                if (!source.next(original)) {
                    throw new LabFaultException(
                            "%s: expected %d frames, got more".formatted(where, clip.frameCount()));
                }
                frames.add(meter.measure(original, decoded));
            }
            requireNoComplaint(where, process.finish());
        }
        if (frames.size() != clip.frameCount()) {
            throw new LabFaultException(
                    "%s: expected %d decoded frames, got %d"
                            .formatted(where, clip.frameCount(), frames.size()));
        }
        return Distortion.of(clip.format(), frames);
    }

    private static void requireNoComplaint(String where, FfmpegLog log) {
        log.complaint()
                .ifPresent(
                        complaint -> {
                            throw new LabFaultException(where + ": " + complaint);
                        });
    }
}
