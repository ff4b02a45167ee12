package aiv1.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import aiv1.domain.clip.Clip;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.rd.Distortion;
import aiv1.domain.rd.FrameDistortion;
import aiv1.domain.rd.Psnr;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requirement 17: PSNR and SSIM equal those of ffmpeg's filters within 1e-6, frame by frame.
///
/// The stats files of ffmpeg print two digits, and the PSNR of `metadata=print` went through a
/// float (a step of 4e-6 at 40 dB). So PSNR is computed from the MSE that it prints: a float too,
/// but a relative step of 6e-8 means 3e-7 dB, and here, where the sums stay below 2^23, it even
/// gives the integer sum of squared errors back. Six digits of SSIM would spend half of the
/// tolerance, so SSIM is read in decibels from the stats file of a luma-only run, where six digits
/// of -10 log10(1 - SSIM) mean eight of SSIM.
class MetricsAgainstFfmpegTest {
    private static final double TOLERANCE = 1e-6;
    private static final int FRAMES = 10;

    @TempDir static Path folder;
    private static ClipLibrary library;

    @BeforeAll
    static void open() {
        library = ClipLibrary.open(folder.resolve("clips"), TestMedia.FFMPEG);
    }

    private record Pair(VideoFormat format, Path source, Path decoded) {}

    @ParameterizedTest
    @ValueSource(strings = {"flower", "cars", "rapids"})
    void psnr_of_each_frame_and_plane_equals_ffmpeg(String name) throws IOException {
        Pair pair = encoded(name, 32);
        List<FrameDistortion> ours = measure(pair);
        String printed =
                new String(
                        TestMedia.ffmpeg(filter(pair, "psnr,metadata=print:file=-")),
                        StandardCharsets.UTF_8);
        for (String plane : List.of("y", "u", "v")) {
            long samples =
                    plane.equals("y") ? pair.format().lumaBytes() : pair.format().chromaBytes();
            double[] mse = values(printed, "lavfi\\.psnr\\.mse\\." + plane + "=(\\S+)");
            assertThat(mse).hasSize(FRAMES);
            for (int i = 0; i < FRAMES; i++) {
                long sse = sse(ours.get(i), plane);
                assertThat(sse).as("%s frame %d", plane, i).isEqualTo(Math.round(mse[i] * samples));
                assertThat(Psnr.ofSse(sse, samples))
                        .as("%s frame %d", plane, i)
                        .isCloseTo(10 * Math.log10(255 * 255 / mse[i]), within(TOLERANCE));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flower", "cars", "rapids"})
    void ssim_of_each_frame_equals_ffmpeg(String name) throws IOException {
        Pair pair = encoded(name, 32);
        List<FrameDistortion> ours = measure(pair);
        String luma = "[0:v]extractplanes=y[a];[1:v]extractplanes=y[b];[a][b]ssim=stats_file=-";
        String stats = new String(TestMedia.ffmpeg(filter(pair, luma)), StandardCharsets.UTF_8);
        double[] decibels = values(stats, "All:\\S+ \\((\\S+)\\)");
        assertThat(decibels).hasSize(FRAMES);
        double worst = 0;
        for (int i = 0; i < FRAMES; i++) {
            double theirs = 1 - Math.pow(10, -decibels[i] / 10);
            worst = Math.max(worst, Math.abs(theirs - ours.get(i).ssimY()));
        }
        assertThat(worst).isLessThan(TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flower", "cars", "rapids"})
    void the_clip_equals_the_summaries_of_ffmpeg(String name) throws IOException {
        Pair pair = encoded(name, 27);
        Distortion ours = Distortion.of(pair.format(), measure(pair));
        String psnr = TestMedia.ffmpegLog(filter(pair, "psnr"));
        assertThat(ours.apsnrY()).isCloseTo(summary(psnr, "PSNR y:(\\S+)"), within(TOLERANCE));
        assertThat(ours.apsnrU()).isCloseTo(summary(psnr, "PSNR .*u:(\\S+)"), within(TOLERANCE));
        assertThat(ours.apsnrV()).isCloseTo(summary(psnr, "PSNR .*v:(\\S+)"), within(TOLERANCE));
        String ssim = TestMedia.ffmpegLog(filter(pair, "ssim"));
        assertThat(ours.ssimY()).isCloseTo(summary(ssim, "SSIM Y:(\\S+)"), within(TOLERANCE));
    }

    /// Where ffmpeg says infinity, ours stops at 60 dB, as libvmaf's psnr does.
    @ParameterizedTest
    @ValueSource(strings = {"rapids"})
    void equal_frames_are_sixty_decibels(String name) throws IOException {
        Pair pair = encoded(name, 32);
        Pair same = new Pair(pair.format(), pair.source(), pair.source());
        Distortion ours = Distortion.of(pair.format(), measure(same));
        assertThat(ours).isEqualTo(new Distortion(60, 60, 60, 60, 60, 60, 1));
        assertThat(TestMedia.ffmpegLog(filter(same, "psnr"))).contains("PSNR y:inf");
    }

    private static Pair encoded(String name, int crf) throws IOException {
        Clip clip = TestMedia.bundled(library, name, FRAMES);
        Path source = library.file(clip);
        Path stream = folder.resolve(name + crf + ".h264");
        Path decoded = folder.resolve(name + crf + ".y4m");
        if (!Files.exists(decoded)) {
            List<String> encode =
                    new ArrayList<>(List.of("-i", source.toString(), "-threads", "1"));
            encode.addAll(List.of("-c:v", "libx264", "-crf", Integer.toString(crf)));
            encode.addAll(List.of("-f", "h264", stream.toString()));
            TestMedia.ffmpeg(encode);
            TestMedia.ffmpeg(List.of("-i", stream.toString(), decoded.toString()));
        }
        return new Pair(clip.format(), source, decoded);
    }

    private static List<FrameDistortion> measure(Pair pair) throws IOException {
        List<FrameDistortion> frames = new ArrayList<>();
        DistortionMeter meter = new DistortionMeter(pair.format());
        byte[] a = new byte[pair.format().frameBytes()];
        byte[] b = new byte[pair.format().frameBytes()];
        try (Y4mReader source = new Y4mReader("source", Files.newInputStream(pair.source()));
                Y4mReader decoded =
                        new Y4mReader("decoded", Files.newInputStream(pair.decoded()))) {
            while (source.next(a)) {
                assertThat(decoded.next(b)).isTrue();
                frames.add(meter.measure(a, b));
            }
            assertThat(decoded.next(b)).isFalse();
        }
        return frames;
    }

    /// Frames are paired by number: both inputs get the same time base and rate.
    private static List<String> filter(Pair pair, String graph) {
        List<String> arguments = new ArrayList<>();
        for (Path file : List.of(pair.source(), pair.decoded())) {
            arguments.addAll(List.of("-r", "25", "-i", file.toString()));
        }
        arguments.addAll(List.of("-filter_complex", graph, "-f", "null", "/dev/null"));
        return arguments;
    }

    private static double[] values(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double summary(String log, String pattern) {
        List<MatchResult> found = Pattern.compile(pattern).matcher(log).results().toList();
        assertThat(found).as(log).hasSize(1);
        return Double.parseDouble(found.getFirst().group(1));
    }

    private static long sse(FrameDistortion frame, String plane) {
        return switch (plane) {
            case "y" -> frame.sseY();
            case "u" -> frame.sseU();
            default -> frame.sseV();
        };
    }
}
