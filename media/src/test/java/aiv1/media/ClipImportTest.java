package aiv1.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.Sha256;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each clip is either whole in the library or not there at all.
class ClipImportTest {
    @TempDir Path folder;
    private Path directory;
    private ClipLibrary library;

    @BeforeEach
    void open() {
        directory = folder.resolve("clips");
        library = ClipLibrary.open(directory, TestMedia.FFMPEG);
    }

    @AfterEach
    void nothing_half_written_is_left() throws IOException {
        for (Clip clip : library.list()) {
            assertThat(library.read(clip)).isNotNull();
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.matches("[0-9a-f]{64}\\.(y4m|json)"));
        }
    }

    @Test
    void canonical_y4m_is_taken_as_it_is() {
        byte[] file = TestMedia.y4m(TestMedia.format(32, 16), 5, 1);
        Clip clip = library.importFile(file("a.y4m", file), recipe("noise"));
        assertThat(clip.id().sha256()).isEqualTo(Sha256.of(file));
        assertThat(clip.frameCount()).isEqualTo(5);
        assertThat(clip.format()).isEqualTo(TestMedia.format(32, 16));
        assertThat(clip.origin().source()).isEqualTo("a.y4m");
        assertThat(clip.origin().licence()).isEqualTo("CC0-1.0");
        assertThat(clip.origin().recipe()).isEqualTo("as it is");
        assertThat(library.find("noise")).contains(clip);
        assertThat(ClipLibrary.open(directory, TestMedia.FFMPEG).find("noise")).contains(clip);
    }

    @Test
    void other_headers_of_the_same_frames_give_the_same_clip() {
        VideoFormat format = TestMedia.format(32, 16);
        byte[] canonical = TestMedia.y4m(format, 1, 1);
        int samples = format.frameBytes();
        byte[] header = TestMedia.ascii("YUV4MPEG2 F50:2 H16 W32 C420jpeg Xcomment\nFRAME Ip\n");
        byte[] other = Arrays.copyOf(header, header.length + samples);
        System.arraycopy(canonical, canonical.length - samples, other, header.length, samples);
        Clip clip = library.importFile(file("other.y4m", other), recipe("other"));
        assertThat(clip.id().sha256()).isEqualTo(Sha256.of(canonical));
    }

    @Test
    void only_the_first_frames_are_taken_when_asked() {
        byte[] file = TestMedia.y4m(TestMedia.format(32, 16), 5, 1);
        ImportRecipe two = new ImportRecipe("two", OptionalInt.of(2), Optional.empty(), "unknown");
        Clip clip = library.importFile(file("a.y4m", file), two);
        assertThat(clip.frameCount()).isEqualTo(2);
        assertThat(clip.id().sha256())
                .isEqualTo(Sha256.of(TestMedia.y4m(TestMedia.format(32, 16), 2, 1)));
    }

    @Test
    void mp4_is_decoded_scaled_and_cut() {
        Path mp4 = TestMedia.picture(folder.resolve("a.mp4"), "320x180", 12, "-c:v", "libx264");
        ImportRecipe small =
                new ImportRecipe(
                        "small", OptionalInt.of(7), Optional.of(new Size(160, 90)), "unknown");
        Clip clip = library.importFile(mp4, small);
        assertThat(clip.frameCount()).isEqualTo(7);
        assertThat(clip.format()).isEqualTo(TestMedia.format(160, 90));
        assertThat(clip.origin().recipe())
                .contains("scale=160:90:" + ClipTranscoder.SCALE_FLAGS)
                .contains("-frames:v 7");
        assertThat(library.importFile(mp4, small)).as("the same again").isEqualTo(clip);
    }

    @Test
    void mp4_without_scaling_gives_the_frames_of_ffmpeg() {
        Path mp4 = TestMedia.picture(folder.resolve("a.mp4"), "64x48", 9, "-c:v", "libx264");
        Clip clip = library.importFile(mp4, recipe("plain"));
        assertThat(clip.frameCount()).isEqualTo(9);
        byte[] theirs = TestMedia.ffmpeg(List.of("-i", mp4.toString(), "-f", "rawvideo", "-"));
        assertThat(library.file(clip))
                .hasSize(Y4mWriter.fileBytes(clip.format(), clip.frameCount()));
        assertThat(frames(clip)).isEqualTo(theirs);
    }

    @Test
    void raw_samples_need_their_format() {
        VideoFormat format = new VideoFormat(32, 16, new FrameRate(30000, 1001));
        byte[] samples = new byte[3 * format.frameBytes()];
        new Random(9).nextBytes(samples);
        ImportRecipe raw =
                new ImportRecipe(
                        "raw",
                        OptionalInt.empty(),
                        Optional.empty(),
                        "unknown",
                        Optional.of(format));
        byte[] cut = Arrays.copyOf(samples, samples.length - 10);
        requireRefused(
                file("cut.yuv", cut),
                raw,
                "cut.yuv: expected whole frames of 768 bytes, got 2294 bytes, 758 too many");
        Clip clip = library.importFile(file("a.yuv", samples), raw);
        assertThat(clip.format()).isEqualTo(format);
        assertThat(frames(clip)).isEqualTo(samples);
    }

    @Test
    void what_is_no_video_is_refused() {
        requireRefused(
                file(
                        "notes.txt",
                        TestMedia.ascii("Not a video at all, but some words.\n".repeat(9))),
                recipe("x"),
                "notes.txt: expected video, got: ");
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        requireRefused(file("noise.bin", noise), recipe("x"), "noise.bin: expected video, got: ");
        requireRefused(file("empty.mp4", new byte[0]), recipe("x"), "got an empty file");
        requireRefused(folder.resolve("absent.mp4"), recipe("x"), "absent.mp4: expected a file");
        requireRefused(folder, recipe("x"), "expected a file that can be read, got none");
    }

    @Test
    void sound_without_a_picture_is_refused() {
        Path wav = folder.resolve("a.wav");
        TestMedia.ffmpeg(List.of("-f", "lavfi", "-i", "sine", "-t", "1", wav.toString()));
        requireRefused(wav, recipe("x"), "a.wav: expected video, got: ");
    }

    @Test
    void mp4_cut_short_is_refused() throws IOException {
        Path mp4 = TestMedia.picture(folder.resolve("a.mp4"), "320x180", 25, "-c:v", "libx264");
        requireRefused(cut(mp4, "tail.mp4"), recipe("x"), "tail.mp4: expected video, got: ");
        Path early =
                TestMedia.picture(
                        folder.resolve("e.mp4"),
                        "320x180",
                        25,
                        "-c:v",
                        "libx264",
                        "-movflags",
                        "+faststart");
        requireRefused(
                cut(early, "early.mp4"), recipe("x"), "early.mp4: expected sound video, got");
    }

    @Test
    void webm_cut_short_is_refused() throws IOException {
        Path webm =
                TestMedia.picture(
                        folder.resolve("a.webm"),
                        "160x90",
                        25,
                        "-c:v",
                        "libvpx-vp9",
                        "-cpu-used",
                        "8");
        requireRefused(cut(webm, "cut.webm"), recipe("x"), "cut.webm: expected sound video, got");
    }

    @Test
    void damaged_mp4_is_refused() throws IOException {
        Path mp4 = TestMedia.picture(folder.resolve("a.mp4"), "320x180", 25, "-c:v", "libx264");
        byte[] bytes = Files.readAllBytes(mp4);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 300; i++) {
            bytes[i] ^= 0x55;
        }
        requireRefused(file("hit.mp4", bytes), recipe("x"), "hit.mp4: expected sound video, got");
    }

    @Test
    void y4m_cut_short_is_refused_scaled_or_not() {
        byte[] whole = TestMedia.y4m(TestMedia.format(32, 16), 4, 1);
        Path cut = file("cut.y4m", Arrays.copyOf(whole, whole.length - 100));
        String message = "cut.y4m: frame 3: expected 768 bytes, got 668";
        requireRefused(cut, recipe("x"), message);
        requireRefused(
                cut,
                new ImportRecipe("x", OptionalInt.empty(), Optional.of(new Size(16, 8)), "unknown"),
                message);
    }

    @Test
    void y4m_without_frames_is_refused() {
        requireRefused(
                file("none.y4m", TestMedia.ascii("YUV4MPEG2 W16 H16 F25:1\n")),
                recipe("x"),
                "none.y4m: frame 0: expected 384 bytes, got a file of 24 bytes");
    }

    @Test
    void a_header_that_promises_a_giant_frame_costs_no_memory() {
        requireRefused(
                file("giant.y4m", TestMedia.ascii("YUV4MPEG2 W16384 H16384 F25:1\nFRAME\nx")),
                recipe("x"),
                "giant.y4m: frame 0: expected 402653184 bytes, got a file of 37 bytes");
    }

    @Test
    void odd_sizes_are_refused_unless_scaled() {
        Path odd = folder.resolve("odd.mkv");
        TestMedia.ffmpeg(
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc=size=175x97:duration=0.1",
                        "-pix_fmt",
                        "yuv444p",
                        "-c:v",
                        "ffv1",
                        odd.toString()));
        requireRefused(odd, recipe("x"), "odd.mkv: width: expected an even number");
        requireRefused(
                file("odd.y4m", TestMedia.ascii("YUV4MPEG2 W15 H15 F25:1\nFRAME\n")),
                recipe("x"),
                "odd.y4m: width: expected an even number from 2 to 16384, got 15");
        ImportRecipe even =
                new ImportRecipe(
                        "even", OptionalInt.empty(), Optional.of(new Size(176, 96)), "unknown");
        assertThat(library.importFile(odd, even).format().toString()).isEqualTo("176x96");
    }

    @Test
    void a_size_that_changes_midway_is_refused() throws IOException {
        Path first = TestMedia.picture(folder.resolve("1.ts"), "320x180", 10, "-c:v", "libx264");
        Path second = TestMedia.picture(folder.resolve("2.ts"), "160x90", 10, "-c:v", "libx264");
        requireRefused(
                file("both.ts", join(first, second)),
                recipe("x"),
                "both.ts: expected sound video, got after ");
        String message = "the picture changes midway";
        Path a = TestMedia.picture(folder.resolve("1.h264"), "320x180", 10, "-c:v", "libx264");
        Path b = TestMedia.picture(folder.resolve("2.h264"), "160x90", 10, "-c:v", "libx264");
        requireRefused(file("both.h264", join(a, b)), recipe("x"), message);
        requireRefused(
                file("again.h264", join(a, b)),
                new ImportRecipe(
                        "x", OptionalInt.empty(), Optional.of(new Size(64, 36)), "unknown"),
                message);
    }

    @Test
    void a_name_that_is_taken_is_refused() {
        VideoFormat format = TestMedia.format(32, 16);
        Path one = file("1.y4m", TestMedia.y4m(format, 2, 1));
        Clip mine = library.importFile(one, recipe("mine"));
        assertThat(library.importFile(one, recipe("mine"))).isEqualTo(mine);
        assertThatThrownBy(
                        () ->
                                library.importFile(
                                        file("2.y4m", TestMedia.y4m(format, 2, 2)), recipe("mine")))
                .isInstanceOf(MediaException.class)
                .hasMessage(
                        "clip name: expected a free one, got mine, which is clip "
                                + mine.id().abbreviated());
        assertThat(library.find("mine")).contains(mine);
        assertThat(directory.toFile().list()).hasSize(2);
    }

    @Test
    void recipes_that_mean_nothing_are_refused() {
        assertThatThrownBy(() -> recipe("../up")).hasMessageContaining("clip name: expected");
        assertThatThrownBy(() -> recipe("")).hasMessageContaining("clip name: expected");
        assertThatThrownBy(
                        () -> new ImportRecipe("a", OptionalInt.of(0), Optional.empty(), "unknown"))
                .hasMessage("frames: expected > 0, got 0");
        assertThatThrownBy(() -> new ImportRecipe("a", OptionalInt.empty(), Optional.empty(), " "))
                .hasMessage("licence: expected a name or 'unknown', got blank");
        assertThatThrownBy(() -> new Size(15, 8)).hasMessageStartingWith("width: expected an even");
        assertThatThrownBy(() -> Size.parse("15"))
                .hasMessage("size: expected a form like 320x180, got '15'");
    }

    private void requireRefused(Path file, ImportRecipe recipe, String message) {
        assertThatThrownBy(() -> library.importFile(file, recipe))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining(message);
        assertThat(directory).isEmptyDirectory();
    }

    private byte[] frames(Clip clip) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ClipReader reader = library.read(clip)) {
            byte[] frame = new byte[clip.format().frameBytes()];
            while (reader.next(frame)) {
                out.writeBytes(frame);
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return out.toByteArray();
    }

    private Path cut(Path file, String name) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return file(name, Arrays.copyOf(bytes, bytes.length * 2 / 3));
    }

    private static byte[] join(Path a, Path b) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Files.readAllBytes(a));
        out.writeBytes(Files.readAllBytes(b));
        return out.toByteArray();
    }

    private Path file(String name, byte[] bytes) {
        return TestMedia.write(folder.resolve(name), bytes);
    }

    private static ImportRecipe recipe(String name) {
        return new ImportRecipe(name, OptionalInt.empty(), Optional.empty(), "CC0-1.0");
    }
}
