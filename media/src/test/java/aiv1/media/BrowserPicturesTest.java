package aiv1.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.LabFaultException;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people see are the very frames: a lossless video decodes to them, a PNG is one of them.
class BrowserPicturesTest {
    private static final VideoFormat FORMAT = new VideoFormat(64, 48, new FrameRate(30_000, 1_001));
    private static final int FRAMES = 40;

    @TempDir private Path folder;

    @Test
    void a_lossless_video_decodes_to_the_very_samples_at_the_very_times() throws IOException {
        byte[] y4m = TestMedia.y4m(FORMAT, FRAMES, 1);
        Path file = TestMedia.write(folder.resolve("frames.y4m"), y4m);
        Path mp4 = folder.resolve("video.mp4");
        new BrowserVideo(TestMedia.FFMPEG).write(file, FORMAT, FRAMES, mp4);

        byte[] decoded =
                TestMedia.ffmpeg(
                        List.of(
                                "-i",
                                mp4.toString(),
                                "-f",
                                "rawvideo",
                                "-pix_fmt",
                                "yuv420p",
                                "-"));
        byte[] raw = TestMedia.ffmpeg(List.of("-i", file.toString(), "-f", "rawvideo", "-"));
        assertThat(raw).hasSize(FRAMES * FORMAT.frameBytes());
        assertThat(Arrays.equals(decoded, raw)).isTrue();
        assertThat(times(mp4)).hasSize(FRAMES).isEqualTo(expectedTimes());
        assertThat(TestMedia.ffmpegLog(List.of("-i", mp4.toString(), "-f", "null", "-")))
                .contains("vp9", "yuv420p(tv, smpte170m");
    }

    @Test
    void a_damaged_file_of_frames_makes_no_video() throws IOException {
        Path file = TestMedia.write(folder.resolve("cut.y4m"), TestMedia.y4m(FORMAT, 2, 1));
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(cut.length() - 7);
        }
        assertThatThrownBy(
                        () ->
                                new BrowserVideo(TestMedia.FFMPEG)
                                        .write(file, FORMAT, 2, folder.resolve("video.mp4")))
                .isInstanceOfAny(LabFaultException.class, MediaException.class);
    }

    @Test
    void only_few_samples_are_kept_without_loss() {
        VideoFormat format = new VideoFormat(1000, 1000, new FrameRate(25, 1));
        assertThat(BrowserVideo.isLossless(format, 30)).isTrue();
        assertThat(BrowserVideo.isLossless(format, 31)).isFalse();
    }

    @Test
    void one_frame_of_a_file_is_read_by_its_number() throws IOException {
        Path file = folder.resolve("frames.y4m");
        try (FrameFile frames = FrameFile.create(file, FORMAT)) {
            for (int i = 0; i < 3; i++) {
                byte[] frame = new byte[FORMAT.frameBytes()];
                Arrays.fill(frame, (byte) (40 * i));
                frames.write(frame);
            }
        }
        assertThat(Files.size(file)).isEqualTo(FrameFile.bytes(FORMAT, 3));
        assertThat(FrameFile.read(file, FORMAT, 2)).containsOnly(80);
        assertThatThrownBy(() -> FrameFile.read(file, FORMAT, 3)).isInstanceOf(IOException.class);
    }

    /// Within one step of 255, since swscale rounds its coefficients. Samples are kept within the
    /// limited range, for some that lie outside make blue overflow in swscale.
    @ParameterizedTest
    @CsvSource({"64,48,bt601", "32,720,bt709"})
    void a_png_has_the_colours_that_ffmpeg_finds(int width, int height, String matrix)
            throws IOException {
        VideoFormat format = new VideoFormat(width, height, new FrameRate(25, 1));
        Path y4m = folder.resolve("one.y4m");
        try (FrameFile frames = FrameFile.create(y4m, format)) {
            frames.write(limited(format));
        }
        byte[] png = PngPicture.of(format, FrameFile.read(y4m, format, 0));
        Path file = TestMedia.write(folder.resolve("one.png"), png);
        byte[] mine = TestMedia.ffmpeg(List.of("-i", file.toString(), "-f", "rawvideo", "-"));
        byte[] theirs =
                TestMedia.ffmpeg(
                        List.of(
                                "-i",
                                y4m.toString(),
                                "-vf",
                                "scale=in_color_matrix=%s:in_range=tv:flags=neighbor+accurate_rnd+full_chroma_int+full_chroma_inp"
                                        .formatted(matrix),
                                "-pix_fmt",
                                "rgb24",
                                "-f",
                                "rawvideo",
                                "-"));
        assertThat(mine).hasSize(3 * width * height).hasSameSizeAs(theirs);
        int worst = 0;
        for (int i = 0; i < mine.length; i++) {
            worst = Math.max(worst, Math.abs((mine[i] & 0xff) - (theirs[i] & 0xff)));
        }
        assertThat(worst).isLessThanOrEqualTo(1);
    }

    private static byte[] limited(VideoFormat format) {
        byte[] frame = new byte[format.frameBytes()];
        Random random = new Random(7);
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (byte) random.nextInt(16, 236);
        }
        return frame;
    }

    /// Picture times in units of the file's own time base, divided by that of one frame.
    private static List<Long> times(Path mp4) {
        String hashes =
                new String(
                        TestMedia.ffmpeg(
                                List.of(
                                        "-i",
                                        mp4.toString(),
                                        "-c",
                                        "copy",
                                        "-f",
                                        "framehash",
                                        "-")),
                        StandardCharsets.UTF_8);
        List<Long> times = new ArrayList<>();
        hashes.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> times.add(Long.parseLong(line.split(",", -1)[2].strip())));
        assertThat(hashes).contains("#tb 0: 1/30000");
        return times;
    }

    private static List<Long> expectedTimes() {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            times.add(1_001L * i);
        }
        return times;
    }
}
