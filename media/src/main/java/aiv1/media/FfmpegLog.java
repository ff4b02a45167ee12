package aiv1.media;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How one ffmpeg ended: its exit code and its standard error, each line of which states its level.
record FfmpegLog(int exitCode, String text) {
    private static final Pattern COMPLAINT =
            Pattern.compile("(?m)^(?:\\[[^\\]\\n]*\\] )*\\[(?:error|fatal|panic)\\] (.*)$");
    private static final Pattern RECONFIGURED =
            Pattern.compile("(?m)Reconfiguring filter graph because video parameters (.*)$");
    private static final Pattern SOURCE_SIZE =
            Pattern.compile("Stream #0:[^\\n]*Video:[^\\n]*?, (\\d{1,5}x\\d{1,5})[,\\s]");
    private static final Pattern CPU_SECONDS =
            Pattern.compile("bench: utime=([0-9.]+)s stime=([0-9.]+)s");

    /// Why the output must not be trusted: a picture that changed its shape midway, a line of level
    /// error or worse, or an exit code other than 0. An ffmpeg that decoded damaged input may exit
    /// 0 all the same.
    Optional<String> complaint() {
        Matcher reconfigured = RECONFIGURED.matcher(text);
        if (reconfigured.find()) {
            return Optional.of(
                    "the picture changes midway: video parameters " + reconfigured.group(1));
        }
        Matcher complaint = COMPLAINT.matcher(text);
        if (complaint.find()) {
            return Optional.of(Printable.of(complaint.group(1)));
        }
        return exitCode == 0
                ? Optional.empty()
                : Optional.of("ffmpeg: expected exit code 0, got " + exitCode);
    }

    /// The size of the first video that was read, as ffmpeg tells it before it converts anything.
    Optional<String> sourceSize() {
        Matcher matcher = SOURCE_SIZE.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// Processor time, user and system, as `-benchmark` reports it.
    double cpuSeconds() {
        Matcher matcher = CPU_SECONDS.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("ffmpeg was not started with -benchmark");
        }
        return Double.parseDouble(matcher.group(1)) + Double.parseDouble(matcher.group(2));
    }
}
