package aiv1.media;

import aiv1.domain.LabFaultException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks the encoder libraries inside an ffmpeg for their versions, which they tell while encoding:
/// x264 in its stream, the others in the log.
final class EncoderVersions {
    private static final Duration DURATION_MAX = Duration.ofSeconds(60);
    private static final List<Question> QUESTIONS =
            List.of(
                    new Question("libx264", "h264", "x264 - (core \\d+(?: r\\d+ [0-9a-f]+)?)"),
                    new Question("libx265", "hevc", "HEVC encoder version (\\S+)"),
                    new Question("libsvtav1", "obu", "SVT-AV1 Encoder Lib (\\S+)"),
                    new Question(
                            "libaom-av1", "obu", "libaom-av1 @ [^\\]]*\\] \\[\\w+\\] (v?\\d\\S+)"),
                    new Question("libvvenc", "vvc", "libvvenc version: (\\S+)"));

    private EncoderVersions() {}

    private record Question(String encoder, String format, String pattern) {}

    static Map<String, String> read(Ffmpeg ffmpeg) {
        Map<String, String> versions = new TreeMap<>();
        for (Question question : QUESTIONS) {
            if (ffmpeg.hasEncoder(question.encoder())) {
                Matcher matcher =
                        Pattern.compile(question.pattern())
                                .matcher(encodeOneFrame(ffmpeg, question));
                if (matcher.find()) {
                    versions.put(question.encoder(), matcher.group(1));
                }
            }
        }
        return Map.copyOf(versions);
    }

    /// Everything one encode of a black frame says, in the stream and beside it.
    private static String encodeOneFrame(Ffmpeg ffmpeg, Question question) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-f", "lavfi", "-i", "color=s=128x128:r=25"));
        arguments.addAll(List.of("-frames:v", "1", "-pix_fmt", "yuv420p", "-threads", "1"));
        arguments.addAll(List.of("-c:v", question.encoder(), "-f", question.format(), "-"));
        try (FfmpegProcess process = ffmpeg.start(DURATION_MAX, arguments)) {
            String stream = Printable.latin(process.output().readAllBytes());
            return stream + process.finish().text();
        } catch (IOException failure) {
            throw new LabFaultException(
                    "ffmpeg: cannot ask %s for its version".formatted(question.encoder()), failure);
        }
    }
}
