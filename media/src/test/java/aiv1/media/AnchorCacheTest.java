package aiv1.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.LabFaultException;
import aiv1.domain.clip.Clip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorCacheTest {
    private static final AnchorCatalogue CATALOGUE = AnchorCatalogue.bundled();

    @TempDir static Path shared;
    @TempDir Path folder;
    private static ClipLibrary library;

    @BeforeAll
    static void open() {
        library = ClipLibrary.open(shared.resolve("clips"), TestMedia.FFMPEG);
    }

    @Test
    void the_catalogue_is_the_ladder_weakest_first() {
        assertThat(CATALOGUE.anchors())
                .extracting(Anchor::name)
                .containsExactly(
                        "x264-medium",
                        "x264-veryslow",
                        "x265-medium",
                        "svt-av1-p8",
                        "x265-veryslow",
                        "svt-av1-p4",
                        "libaom-cpu4",
                        "vvenc-faster",
                        "libaom-cpu2");
        assertThat(CATALOGUE.find("svt-av1-p4")).isPresent();
        assertThat(CATALOGUE.find("h264")).isEmpty();
    }

    @Test
    void the_pinned_ffmpeg_has_every_encoder_and_its_version() {
        for (Anchor anchor : CATALOGUE.anchors()) {
            assertThat(TestMedia.FFMPEG.hasEncoder(anchor.encoder())).as(anchor.name()).isTrue();
            assertThat(TestMedia.FFMPEG.encoderVersions()).containsKey(anchor.encoder());
            assertThat(anchor.settings()).hasSizeGreaterThanOrEqualTo(5).isSorted();
        }
    }

    @Test
    void a_curve_has_a_point_per_setting_and_is_computed_once() throws IOException {
        Clip clip = TestMedia.bundled(library, "rapids", 10);
        Anchor anchor = CATALOGUE.find("x264-medium").orElseThrow();
        Path directory = folder.resolve("anchors");
        AnchorCache cache = new AnchorCache(directory, TestMedia.FFMPEG, library);
        assertThat(cache.findCached(anchor, clip)).isEmpty();
        List<String> heard = new ArrayList<>();
        AnchorCurve curve = cache.curve(anchor, clip, (n, of) -> heard.add(n + "/" + of));
        assertThat(heard).containsExactly("1/5", "2/5", "3/5", "4/5", "5/5");
        assertThat(curve.points())
                .extracting(AnchorPoint::setting)
                .containsExactly(17, 22, 27, 32, 37);
        assertThat(curve.psnrYuv(clip).isMonotonic()).isTrue();
        assertThat(curve.points()).allMatch(point -> point.encodeCpuSeconds() >= 0);
        AnchorListener never =
                (n, of) -> {
                    throw new AssertionError("computed again");
                };
        assertThat(cache.curve(anchor, clip, never)).isEqualTo(curve);
        AnchorCache later = new AnchorCache(directory, TestMedia.FFMPEG, library);
        assertThat(later.curve(anchor, clip, never)).isEqualTo(curve);
        assertThat(later.findCached(anchor, TestMedia.bundled(library, "rapids", 9))).isEmpty();
        assertThat(later.findCached(at(anchor, List.of("-crf", "{}")), clip)).isEmpty();
    }

    @Test
    void other_arguments_are_another_identity() {
        Clip clip = TestMedia.bundled(library, "rapids", 2);
        Anchor one = single(at(CATALOGUE.anchors().getFirst(), List.of("-crf", "{}")), 30);
        Anchor other = single(at(one, List.of("-crf", "{}", "-bf", "0")), 30);
        AnchorCache cache = new AnchorCache(folder, TestMedia.FFMPEG, library);
        AnchorListener silent = (n, of) -> {};
        assertThat(cache.curve(one, clip, silent).identity())
                .isNotEqualTo(cache.curve(other, clip, silent).identity());
    }

    static Stream<Anchor> anchors() {
        return CATALOGUE.anchors().stream();
    }

    @ParameterizedTest
    @MethodSource("anchors")
    void every_anchor_encodes_and_decodes_every_frame(Anchor anchor) {
        Clip clip = TestMedia.bundled(library, "rapids", 8);
        AnchorPoint point =
                new AnchorEncoder(TestMedia.FFMPEG, library)
                        .measure(anchor, anchor.settings().get(2), clip);
        assertThat(point.streamBytes()).isBetween(200L, clip.rawBytes() / 5);
        assertThat(point.distortion().psnrYuv()).isBetween(20.0, 45.0);
    }

    /// An argument that an encoder does not know is a warning to ffmpeg and a false label to us.
    @ParameterizedTest
    @MethodSource("anchors")
    void every_argument_is_known_to_its_encoder(Anchor anchor) {
        List<String> arguments = encoding(anchor, TestMedia.bundled(library, "rapids", 2));
        arguments.addAll(List.of("-f", anchor.format(), "-"));
        assertThat(TestMedia.ffmpegLog(arguments))
                .doesNotContain("Error parsing option")
                .doesNotContain("has not been used")
                .doesNotContainIgnoringCase("unknown option");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x264-medium", "x264-veryslow"})
    void no_options_are_left_in_a_stream_of_x264(String name) {
        assertThat(unitTypes(name, 0x1f, 0)).contains(1, 5, 7, 8).doesNotContain(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x265-medium", "x265-veryslow"})
    void no_options_are_left_in_a_stream_of_x265(String name) {
        assertThat(unitTypes(name, 0x3f, 1)).contains(32, 33, 34).doesNotContain(39, 40);
    }

    @Test
    void a_missing_encoder_is_named() {
        Clip clip = TestMedia.bundled(library, "rapids", 2);
        Anchor anchor = new Anchor("x999", "", "libx999", List.of(), "h264", "", List.of(30));
        assertThatThrownBy(
                        () ->
                                new AnchorCache(folder, TestMedia.FFMPEG, library)
                                        .curve(anchor, clip, (n, of) -> {}))
                .isInstanceOf(LabFaultException.class)
                .hasMessage(
                        "x999 at 30 on rapids: expected ffmpeg to have the encoder libx999, got none");
    }

    @Test
    void arguments_that_fail_are_said_and_not_cached() {
        Clip clip = TestMedia.bundled(library, "rapids", 2);
        Anchor wrong = at(CATALOGUE.anchors().getFirst(), List.of("-crf", "{}", "-level", "77"));
        AnchorCache cache = new AnchorCache(folder, TestMedia.FFMPEG, library);
        assertThatThrownBy(() -> cache.curve(wrong, clip, (n, of) -> {}))
                .isInstanceOf(LabFaultException.class)
                .hasMessageStartingWith("x264-medium at 17 on rapids: ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_damaged_entry_is_named() throws IOException {
        Clip clip = TestMedia.bundled(library, "rapids", 2);
        Anchor anchor = single(CATALOGUE.anchors().getFirst(), 37);
        AnchorCache cache = new AnchorCache(folder, TestMedia.FFMPEG, library);
        AnchorCurve curve = cache.curve(anchor, clip, (n, of) -> {});
        assertThat(curve.points()).hasSize(1);
        Path entry = folder.resolve(folder.toFile().list()[0]);
        Files.writeString(entry, "{");
        assertThatThrownBy(() -> cache.findCached(anchor, clip))
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining(entry.toString())
                .hasMessageContaining("delete it");
    }

    /// The types of the units behind each start code: `mask` after a shift of the first byte.
    private static Set<Integer> unitTypes(String name, int mask, int shift) {
        Anchor anchor = CATALOGUE.find(name).orElseThrow();
        List<String> arguments = encoding(anchor, TestMedia.bundled(library, "rapids", 8));
        arguments.addAll(List.of("-bsf:v", anchor.strip(), "-f", anchor.format(), "-"));
        byte[] stream = TestMedia.ffmpeg(arguments);
        return IntStream.range(0, stream.length - 3)
                .filter(i -> stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1)
                .map(i -> (stream[i + 3] >> shift) & mask)
                .boxed()
                .collect(Collectors.toSet());
    }

    private static List<String> encoding(Anchor anchor, Clip clip) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-i", library.file(clip).toString()));
        arguments.addAll(List.of("-threads", "1", "-c:v", anchor.encoder()));
        arguments.addAll(anchor.argumentsAt(anchor.settings().get(2)));
        return arguments;
    }

    private static Anchor at(Anchor anchor, List<String> arguments) {
        return new Anchor(
                anchor.name(),
                anchor.description(),
                anchor.encoder(),
                arguments,
                anchor.format(),
                anchor.strip(),
                anchor.settings());
    }

    private static Anchor single(Anchor anchor, int setting) {
        return new Anchor(
                anchor.name(),
                anchor.description(),
                anchor.encoder(),
                anchor.arguments(),
                anchor.format(),
                anchor.strip(),
                List.of(setting));
    }
}
