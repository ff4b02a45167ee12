package aiv1.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.LabFaultException;
import aiv1.domain.Sha256;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.clip.ClipOrigin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipLibraryTest {
    @TempDir Path folder;
    private Path directory;
    private ClipLibrary library;

    @BeforeEach
    void open() {
        directory = folder.resolve("clips");
        library = ClipLibrary.open(directory, TestMedia.FFMPEG);
    }

    @Test
    void bundled_clips_unpack_to_the_id_and_shape_they_state() throws IOException {
        assertThat(library.list())
                .extracting(Clip::name)
                .containsExactly("cars", "flower", "london_roof", "rapids");
        for (Clip clip : library.list()) {
            Path file = library.file(clip);
            assertThat(Sha256.of(Files.readAllBytes(file))).isEqualTo(clip.id().sha256());
            assertThat(countFrames(clip)).isEqualTo(clip.frameCount());
        }
        assertThat(library.list()).hasSize(4);
    }

    @Test
    void the_bundled_files_are_those_of_the_list() throws IOException {
        for (BundledClip bundled : BundledClip.all()) {
            assertThat(Sha256.of(bundled.openFile().readAllBytes()))
                    .as(bundled.name())
                    .isEqualTo(bundled.fileSha256());
        }
    }

    @Test
    void a_clip_is_found_by_name_id_and_prefix() {
        Clip rapids = library.find("rapids").orElseThrow();
        String id = rapids.id().sha256();
        assertThat(library.find(id)).contains(rapids);
        assertThat(library.find(id.substring(0, 12))).contains(rapids);
        assertThat(library.find(id.substring(0, 5))).as("too short").isEmpty();
        assertThat(library.find("no-such-clip")).isEmpty();
        assertThat(library.find("")).isEmpty();
    }

    @Test
    void an_id_of_two_names_is_still_found() {
        Clip rapids = library.find("rapids").orElseThrow();
        library.importFile(library.file(rapids), recipe("river"));
        assertThat(library.list()).extracting(Clip::name).contains("rapids", "river");
        assertThat(library.find(rapids.id().abbreviated())).map(Clip::id).contains(rapids.id());
    }

    @Test
    void an_excerpt_is_a_stable_clip_of_its_own() throws IOException {
        Clip rapids = library.find("rapids").orElseThrow();
        Clip excerpt = library.excerpt(rapids, 7);
        assertThat(excerpt.name()).isEqualTo("rapids");
        assertThat(excerpt.frameCount()).isEqualTo(7);
        assertThat(excerpt.format()).isEqualTo(rapids.format());
        assertThat(excerpt.origin().recipe())
                .contains("the first 7 frames of " + rapids.id().sha256());
        assertThat(countFrames(excerpt)).isEqualTo(7);
        assertThat(library.excerpt(rapids, 7)).isEqualTo(excerpt);
        assertThat(Sha256.of(Files.readAllBytes(library.file(excerpt))))
                .isEqualTo(excerpt.id().sha256());
        byte[] whole = Files.readAllBytes(library.file(rapids));
        byte[] part = Files.readAllBytes(library.file(excerpt));
        assertThat(part).isEqualTo(Arrays.copyOf(whole, part.length));
        assertThat(library.list()).as("no excerpts in the list").hasSize(4);
        assertThat(library.excerpt(excerpt, 3).id()).isEqualTo(library.excerpt(rapids, 3).id());
    }

    /// The least recently used goes first; what is in use, imported or bundled stays.
    @Test
    void room_is_made_among_clips_that_can_be_had_again() throws IOException {
        Clip rapids = library.find("rapids").orElseThrow();
        Clip oldest = library.excerpt(rapids, 2);
        Clip used = library.excerpt(rapids, 3);
        Clip newest = library.excerpt(rapids, 4);
        Clip wanted = TestMedia.bundled(library, "rapids", 5);
        Files.delete(library.file(wanted));
        age(oldest, 30);
        age(used, 20);
        age(newest, 10);
        long bytesMax =
                ClipLibrary.fileBytes(used)
                        + ClipLibrary.fileBytes(newest)
                        + ClipLibrary.fileBytes(wanted);
        library.makeRoom(wanted, bytesMax, Set.of(used.id()));
        assertThat(Files.exists(directory.resolve(oldest.id().sha256() + ".y4m"))).isFalse();
        assertThat(Files.exists(library.file(newest))).isTrue();
        library.makeRoom(wanted, bytesMax - 1, Set.of(used.id()));
        assertThat(Files.exists(directory.resolve(newest.id().sha256() + ".y4m"))).isFalse();
        assertThat(library.cachedBytes()).isEqualTo(ClipLibrary.fileBytes(used));
        assertThatThrownBy(
                        () ->
                                library.makeRoom(
                                        wanted, ClipLibrary.fileBytes(wanted), Set.of(used.id())))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining("expected room for");
        assertThat(library.findExact(rapids)).isPresent();
        assertThat(library.findExact(oldest)).as("cut anew").hasValue(oldest);
    }

    /// Else a stranger could fill the disk with beginnings.
    @Test
    void what_came_of_clips_that_never_got_whole_makes_room_too() throws IOException {
        Clip rapids = library.find("rapids").orElseThrow();
        Clip first = unknown(rapids, "one");
        Clip second = unknown(rapids, "two");
        byte[] beginning = new byte[1000];
        long bytesMax = ClipLibrary.fileBytes(second) + 999;
        library.makeRoom(first, bytesMax, Set.of());
        library.receive(first, 0, new ByteArrayInputStream(beginning));
        assertThat(library.receivedBytes(first)).isEqualTo(1000);
        assertThat(library.cachedBytes()).isEqualTo(1000);
        library.makeRoom(first, bytesMax, Set.of());
        assertThat(library.receivedBytes(first)).as("its own beginning stays").isEqualTo(1000);
        library.makeRoom(second, bytesMax, Set.of());
        assertThat(library.receivedBytes(first)).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    private static Clip unknown(Clip like, String name) {
        return new Clip(
                new ClipId(Sha256.of(name.getBytes(StandardCharsets.UTF_8))),
                name,
                like.format(),
                like.frameCount(),
                like.origin());
    }

    private void age(Clip clip, int minutes) throws IOException {
        Files.setLastModifiedTime(
                library.file(clip),
                FileTime.from(Instant.now().minus(Duration.ofMinutes(minutes))));
    }

    @Test
    void an_excerpt_that_is_no_shorter_is_the_clip_itself() {
        Clip rapids = library.find("rapids").orElseThrow();
        assertThat(library.excerpt(rapids, 101)).isSameAs(rapids);
        assertThat(library.excerpt(rapids, 5000)).isSameAs(rapids);
        assertThatThrownBy(() -> library.excerpt(rapids, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rapids: excerpt: expected > 0 frames, got 0");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void an_imported_clip_stays_when_an_excerpt_has_its_frames() {
        Clip excerpt = TestMedia.bundled(library, "rapids", 5);
        Path copy = folder.resolve("copy.y4m");
        assertThat(library.file(excerpt).toFile().renameTo(copy.toFile())).isTrue();
        Clip imported = library.importFile(copy, recipe("five"));
        assertThat(TestMedia.bundled(library, "rapids", 5).id()).isEqualTo(imported.id());
        assertThat(library.find("five")).contains(imported);
    }

    @Test
    void the_exact_clip_is_found_or_made_again() throws IOException {
        Clip excerpt = TestMedia.bundled(library, "rapids", 4);
        ClipLibrary other = ClipLibrary.open(folder.resolve("other"), TestMedia.FFMPEG);
        assertThat(other.findExact(excerpt)).contains(excerpt);
        Clip foreign =
                new Clip(
                        new ClipId("0".repeat(64)),
                        "rapids",
                        excerpt.format(),
                        4,
                        new ClipOrigin("elsewhere", "unknown", "as it is"));
        assertThat(other.findExact(foreign)).isEmpty();
        assertThatThrownBy(() -> other.read(foreign))
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining("clip rapids (000000")
                .hasMessageContaining("expected it in the library, got none");
    }

    @Test
    void an_imported_clip_hides_a_bundled_one_of_its_name() {
        library.file(library.find("rapids").orElseThrow());
        Clip mine =
                library.importFile(
                        TestMedia.write(
                                folder.resolve("m.y4m"),
                                TestMedia.y4m(TestMedia.format(32, 16), 2, 1)),
                        recipe("rapids"));
        assertThat(library.find("rapids")).contains(mine);
        assertThat(library.list()).hasSize(4);
    }

    @Test
    void a_stored_clip_that_was_cut_is_noticed() throws IOException {
        Clip clip = TestMedia.bundled(library, "rapids", 3);
        Path file = library.file(clip);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> library.read(clip))
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(
                        "expected %d bytes, got %d".formatted(bytes.length, bytes.length - 1));
    }

    @Test
    void a_stored_clip_with_damage_between_frames_is_noticed() throws IOException {
        Clip clip = TestMedia.bundled(library, "rapids", 3);
        Path file = library.file(clip);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - clip.format().frameBytes() - 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> countFrames(clip))
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining("frame 2: expected a line FRAME, got 'FRAMD'");
    }

    @Test
    void a_stored_clip_of_another_format_is_noticed() throws IOException {
        Clip clip = TestMedia.bundled(library, "rapids", 3);
        Path file = library.file(clip);
        byte[] bytes = Files.readAllBytes(file);
        bytes[
                        new String(bytes, 0, 60, java.nio.charset.StandardCharsets.ISO_8859_1)
                                        .indexOf("F30:1")
                                + 1] =
                '2';
        Files.write(file, bytes);
        assertThatThrownBy(() -> library.read(clip))
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining("expected 176x96 at 30/1 Hz, got 176x96 at 20/1 Hz");
    }

    @Test
    void a_record_that_cannot_be_read_is_named() throws IOException {
        Clip clip = TestMedia.bundled(library, "rapids", 3);
        Path record = directory.resolve(clip.id().sha256() + ".json");
        Files.writeString(record, "{\"schema\": \"clip/1\"");
        assertThatThrownBy(() -> library.list())
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining(record.toString())
                .hasMessageContaining("delete it and import the clip again");
    }

    @Test
    void a_library_that_cannot_be_made_is_named() {
        Path file = TestMedia.write(folder.resolve("file"), new byte[1]);
        assertThatThrownBy(() -> ClipLibrary.open(file.resolve("clips"), TestMedia.FFMPEG))
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining(file.resolve("clips").toString());
    }

    /// A file in the place of the directory: that stops the super-user too.
    @Test
    void a_library_that_cannot_be_written_is_named() throws IOException {
        Files.delete(directory);
        TestMedia.write(directory, new byte[1]);
        assertThatThrownBy(() -> library.file(BundledClip.all().getFirst().clip()))
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("choose another directory");
    }

    private int countFrames(Clip clip) throws IOException {
        try (ClipReader reader = library.read(clip)) {
            byte[] frame = new byte[clip.format().frameBytes()];
            int count = 0;
            while (reader.next(frame)) {
                count++;
            }
            return count;
        }
    }

    private static ImportRecipe recipe(String name) {
        return new ImportRecipe(name, OptionalInt.empty(), Optional.empty(), "CC0-1.0");
    }
}
