package aiv1.media;

import aiv1.domain.clip.Clip;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What the tests of this room are made of: the pinned ffmpeg, small pictures, Y4M bytes.
final class TestMedia {
    /// Opened at once, so that tests without ffmpeg fail and say how to get it.
    static final Ffmpeg FFMPEG = Ffmpeg.open(Ffmpeg.defaultProgram(System.getenv()));

    private static final Duration DURATION_MAX = Duration.ofMinutes(2);

    private TestMedia() {}

    static VideoFormat format(int width, int height) {
        return new VideoFormat(width, height, new FrameRate(25, 1));
    }

    /// The standard output of an ffmpeg that must have nothing to complain of.
    static byte[] ffmpeg(List<String> arguments) {
        try (FfmpegProcess process = FFMPEG.start(DURATION_MAX, arguments)) {
            byte[] output = process.output().readAllBytes();
            FfmpegLog log = process.finish();
            if (log.complaint().isPresent()) {
                throw new AssertionError(arguments + ": " + log.text());
            }
            return output;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// What ffmpeg writes to standard error, where it must exit with 0.
    static String ffmpegLog(List<String> arguments) {
        try (FfmpegProcess process = FFMPEG.start(DURATION_MAX, arguments)) {
            process.output().readAllBytes();
            FfmpegLog log = process.finish();
            if (log.exitCode() != 0) {
                throw new AssertionError(arguments + ": " + log.text());
            }
            return log.text();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// A moving test picture of ffmpeg's, as an encoded or raw file by the suffix of `file`.
    static Path picture(Path file, String size, int frames, String... encoding) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=" + size + ":rate=25"));
        arguments.addAll(List.of("-frames:v", Integer.toString(frames), "-pix_fmt", "yuv420p"));
        arguments.addAll(List.of("-threads", "1"));
        arguments.addAll(List.of(encoding));
        arguments.addAll(List.of("-y", file.toString()));
        ffmpeg(arguments);
        return file;
    }

    /// Random frames in canonical Y4M form.
    static byte[] y4m(VideoFormat format, int frames, long seed) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            Y4mWriter writer = new Y4mWriter(format, out);
            Random random = new Random(seed);
            byte[] frame = new byte[format.frameBytes()];
            for (int i = 0; i < frames; i++) {
                random.nextBytes(frame);
                writer.write(frame);
            }
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Clip bundled(ClipLibrary library, String name, int frames) {
        return library.excerpt(library.find(name).orElseThrow(), frames);
    }
}
