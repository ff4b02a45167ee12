package aiv1.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import aiv1.domain.clip.Clip;
import aiv1.domain.rd.Distortion;
import aiv1.domain.rd.FrameDistortion;
import aiv1.domain.rd.Psnr;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requirement 17: PSNR and SSIM equal to ffmpeg's filters on real clips, frame by frame.
///
/// ffmpeg's logs round PSNR to two digits, so it is computed here from the mean squared error that
/// the filter attaches to each frame with six digits; SSIM is attached with six digits itself.
class MetricsAgainstFfmpegTest {
    private static final double TOLERANCE = 1e-6;
    private static final int FRAME_COUNT = 12;

    @TempDir private static Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"flower", "cars", "rapids", "london_roof"})
    void psnr_and_ssim_equal_those_of_ffmpeg(String name) throws IOException {
        ClipLibrary clips = ClipLibrary.open(folder.resolve("clips"), TestFfmpeg.PROGRAM);
        Clip clip = clips.excerpt(clips.find(name).orElseThrow(), FRAME_COUNT);
        Path source = clips.file(clip);
        Path stream = folder.resolve(name + ".h264");
        Path decoded = folder.resolve(name + ".y4m");
        TestFfmpeg.run("-i", source.toString(), "-c:v", "libx264", "-crf", "33", stream.toString());
        TestFfmpeg.run("-i", stream.toString(), "-pix_fmt", "yuv420p", decoded.toString());

        List<FrameDistortion> ours = new ArrayList<>();
        DistortionMeter meter = new DistortionMeter(clip.format());
        try (ClipReader reader = clips.read(clip);
                Y4mReader other =
                        new Y4mReader(name, java.nio.file.Files.newInputStream(decoded))) {
            byte[] a = new byte[clip.format().frameBytes()];
            byte[] b = new byte[clip.format().frameBytes()];
            while (reader.next(a)) {
                assertThat(other.next(b)).isTrue();
                ours.add(meter.measure(a, b));
            }
        }
        String filters = "[1:v]setpts=N[d];[0:v]setpts=N[r];[d][r]%s,metadata=print:file=-";
        String psnr =
                TestFfmpeg.run(
                        "-i",
                        source.toString(),
                        "-i",
                        decoded.toString(),
                        "-lavfi",
                        filters.formatted("psnr"),
                        "-f",
                        "null",
                        "-");
        String ssim =
                TestFfmpeg.run(
                        "-i",
                        source.toString(),
                        "-i",
                        decoded.toString(),
                        "-lavfi",
                        filters.formatted("ssim"),
                        "-f",
                        "null",
                        "-");
        List<Double> mseY = values(psnr, "lavfi.psnr.mse.y");
        List<Double> mseU = values(psnr, "lavfi.psnr.mse.u");
        List<Double> mseV = values(psnr, "lavfi.psnr.mse.v");
        List<Double> ssimY = values(ssim, "lavfi.ssim.Y");
        assertThat(ours).hasSize(FRAME_COUNT);
        assertThat(mseY).hasSize(FRAME_COUNT);
        for (int i = 0; i < FRAME_COUNT; i++) {
            FrameDistortion frame = ours.get(i);
            assertPsnr(frame.sseY(), clip.format().lumaBytes(), mseY.get(i));
            assertPsnr(frame.sseU(), clip.format().chromaBytes(), mseU.get(i));
            assertPsnr(frame.sseV(), clip.format().chromaBytes(), mseV.get(i));
            assertThat(frame.ssimY()).isCloseTo(ssimY.get(i), within(TOLERANCE));
        }
        Distortion pooled = Distortion.of(clip.format(), ours);
        double meanMse = mseY.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        assertThat(pooled.apsnrY())
                .isCloseTo(10 * Math.log10(255.0 * 255 / meanMse), within(TOLERANCE));
        assertThat(pooled.psnrYuv())
                .isEqualTo((14 * pooled.psnrY() + pooled.psnrU() + pooled.psnrV()) / 16);
    }

    private static void assertPsnr(long sse, int samples, double mse) {
        assertThat(Psnr.ofSse(sse, samples))
                .isCloseTo(10 * Math.log10(255.0 * 255 / mse), within(1e-6 / Math.min(1, mse / 3)));
    }

    private static List<Double> values(String text, String key) {
        return Pattern.compile("(?m)^" + Pattern.quote(key) + "=([0-9.]+)$")
                .matcher(text)
                .results()
                .map(match -> Double.valueOf(match.group(1)))
                .toList();
    }
}
