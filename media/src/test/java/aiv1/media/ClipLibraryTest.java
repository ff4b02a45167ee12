package aiv1.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.LabFaultException;
import aiv1.domain.Sha256;
import aiv1.domain.clip.Clip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipLibraryTest {
    @TempDir private Path folder;

    @Test
    void bundled_clips_are_what_they_say() throws IOException {
        ClipLibrary clips = library();
        assertThat(clips.list())
                .extracting(Clip::name)
                .containsExactly("cars", "flower", "london_roof", "rapids");
        for (Clip clip : clips.list()) {
            assertThat(Sha256.of(Files.readAllBytes(clips.file(clip))))
                    .isEqualTo(clip.id().sha256());
            assertThat(clip.origin().licence()).isNotBlank();
            assertThat(clip.origin().source()).startsWith("https://");
            assertThat(frameCount(clips, clip)).isEqualTo(clip.frameCount());
        }
        assertThat(clips.find(clips.list().getFirst().id().abbreviated()))
                .contains(clips.list().getFirst());
        assertThat(clips.find("nothing")).isEmpty();
    }

    @Test
    void an_excerpt_is_a_clip_of_its_own_under_the_same_name() throws IOException {
        ClipLibrary clips = library();
        Clip rapids = clips.find("rapids").orElseThrow();
        Clip excerpt = clips.excerpt(rapids, 7);
        assertThat(excerpt.name()).isEqualTo("rapids");
        assertThat(excerpt.frameCount()).isEqualTo(7);
        assertThat(excerpt.id()).isNotEqualTo(rapids.id());
        assertThat(excerpt.origin().recipe())
                .contains("the first 7 frames of " + rapids.id().sha256());
        assertThat(clips.excerpt(rapids, 7)).isEqualTo(excerpt);
        assertThat(clips.excerpt(rapids, 1000)).isEqualTo(rapids);
        assertThat(clips.find("rapids")).contains(rapids);
        assertThat(clips.findExact(excerpt)).contains(excerpt);
        assertThat(frameCount(clips, excerpt)).isEqualTo(7);
    }

    @Test
    void a_video_file_is_imported_scaled_and_cut() throws IOException {
        Path video = folder.resolve("test.mp4");
        TestFfmpeg.run(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=128x96:rate=25",
                "-frames:v",
                "20",
                "-pix_fmt",
                "yuv420p",
                video.toString());
        ClipLibrary clips = library();
        Clip clip =
                clips.importFile(
                        video,
                        new ImportRecipe(
                                "test", OptionalInt.of(9), Optional.of(new Size(64, 48)), "CC0"));
        assertThat(clip.format().toString()).isEqualTo("64x48");
        assertThat(clip.frameCount()).isEqualTo(9);
        assertThat(clip.origin().recipe()).contains("scale=64:48").contains("-frames:v 9");
        assertThat(clips.find("test")).contains(clip);
    }

    @Test
    void what_is_no_sound_video_is_refused_and_leaves_nothing() throws IOException {
        Path whole = folder.resolve("whole.mp4");
        TestFfmpeg.run(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=128x96:rate=25",
                "-frames:v",
                "50",
                "-pix_fmt",
                "yuv420p",
                "-movflags",
                "faststart",
                whole.toString());
        byte[] bytes = Files.readAllBytes(whole);
        Path cut =
                Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(bytes, bytes.length * 2 / 3));
        Path text = Files.writeString(folder.resolve("text.mp4"), "this is no video");
        Path empty = Files.writeString(folder.resolve("empty.mp4"), "");
        Path odd = folder.resolve("odd.mp4");
        TestFfmpeg.run(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=128x96:rate=25,format=yuv444p,crop=65:48:0:0:exact=1",
                "-frames:v",
                "5",
                "-c:v",
                "ffv1",
                "-pix_fmt",
                "yuv444p",
                "-f",
                "matroska",
                odd.toString());
        Path changing = changingSize();
        ClipLibrary clips = library();
        for (Path file : List.of(cut, text, empty, odd, changing, folder.resolve("absent.mp4"))) {
            assertThatThrownBy(
                            () ->
                                    clips.importFile(
                                            file,
                                            new ImportRecipe(
                                                    "x",
                                                    OptionalInt.empty(),
                                                    Optional.empty(),
                                                    "unknown")))
                    .as(file.toString())
                    .isInstanceOf(MediaException.class)
                    .hasMessageContaining(file.getFileName().toString());
        }
        try (Stream<Path> left = Files.list(folder.resolve("clips"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_damaged_clip_is_noticed() throws IOException {
        ClipLibrary clips = library();
        Clip clip = clips.excerpt(clips.find("rapids").orElseThrow(), 3);
        byte[] bytes = Files.readAllBytes(clips.file(clip));
        Files.write(clips.file(clip), Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> frameCount(clips, clip)).isInstanceOf(LabFaultException.class);
    }

    @Test
    void a_folder_that_cannot_be_made_is_told() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> ClipLibrary.open(file.resolve("clips"), TestFfmpeg.PROGRAM))
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining("clips");
    }

    /// A transport stream whose pictures grow midway.
    private Path changingSize() throws IOException {
        Path both = folder.resolve("changing.ts");
        for (String size : new String[] {"64x48", "128x96"}) {
            Path part = folder.resolve(size + ".ts");
            TestFfmpeg.run(
                    "-f",
                    "lavfi",
                    "-i",
                    "testsrc2=size=" + size + ":rate=25",
                    "-frames:v",
                    "10",
                    "-c:v",
                    "libx264",
                    "-pix_fmt",
                    "yuv420p",
                    part.toString());
            Files.write(
                    both,
                    Files.readAllBytes(part),
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
        }
        return both;
    }

    private ClipLibrary library() {
        return ClipLibrary.open(folder.resolve("clips"), TestFfmpeg.PROGRAM);
    }

    private static int frameCount(ClipLibrary clips, Clip clip) throws IOException {
        byte[] frame = new byte[clip.format().frameBytes()];
        int count = 0;
        try (ClipReader reader = clips.read(clip)) {
            while (reader.next(frame)) {
                count++;
            }
        }
        return count;
    }
}
