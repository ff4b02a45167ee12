package aiv1.media;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.clip.Clip;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnchorCacheTest {
    private static final AnchorCatalogue CATALOGUE = AnchorCatalogue.bundled();

    @TempDir private static Path folder;
    private static ClipLibrary clips;
    private static Clip clip;

    @BeforeAll
    static void open() {
        clips = ClipLibrary.open(folder.resolve("clips"), TestFfmpeg.PROGRAM);
        clip = clips.excerpt(clips.find("rapids").orElseThrow(), 8);
    }

    static List<Anchor> anchors() {
        return CATALOGUE.anchors();
    }

    /// Each encoder really runs, and its stream decodes to every frame; the middle one of its
    /// settings.
    @ParameterizedTest
    @MethodSource("anchors")
    void every_anchor_of_the_ladder_encodes_and_decodes(Anchor anchor) {
        AnchorPoint point =
                new AnchorEncoder(TestFfmpeg.PROGRAM, clips)
                        .measure(anchor, anchor.settings().get(2), clip);
        assertThat(point.streamBytes()).isPositive();
        assertThat(point.distortion().psnrYuv()).isBetween(20.0, 50.0);
        assertThat(point.encodeCpuSeconds()).isPositive();
    }

    @Test
    void a_curve_is_computed_once_for_ever() {
        Anchor anchor = CATALOGUE.find("x264-medium").orElseThrow();
        AtomicInteger points = new AtomicInteger();
        AnchorListener counting = (number, count) -> points.incrementAndGet();
        AnchorCurve first = cache("once").curve(anchor, clip, counting);
        assertThat(points).hasValue(5);
        assertThat(first.points()).hasSize(5);
        assertThat(first.psnrYuv(clip).isMonotonic()).isTrue();
        assertThat(cache("once").curve(anchor, clip, counting)).isEqualTo(first);
        assertThat(points).hasValue(5);
    }

    @Test
    void other_arguments_are_another_identity() {
        Anchor anchor = CATALOGUE.find("x264-medium").orElseThrow();
        Anchor other =
                new Anchor(
                        anchor.name(),
                        anchor.description(),
                        anchor.encoder(),
                        List.of("-preset", "ultrafast", "-crf", "{}"),
                        anchor.format(),
                        anchor.strip(),
                        anchor.settings());
        AnchorCurve curve = cache("others").curve(anchor, clip, (number, count) -> {});
        AnchorCurve otherCurve = cache("others").curve(other, clip, (number, count) -> {});
        assertThat(otherCurve.identity()).isNotEqualTo(curve.identity());
        assertThat(otherCurve.points()).isNotEqualTo(curve.points());
    }

    /// The options that x264 and x265 write into their streams are no video: 671 and 2,368 bytes
    /// that must not count.
    @Test
    void options_are_stripped_from_the_stream() {
        for (String name : new String[] {"x264-medium", "x265-medium"}) {
            Anchor anchor = CATALOGUE.find(name).orElseThrow();
            Anchor unstripped =
                    new Anchor(
                            name,
                            anchor.description(),
                            anchor.encoder(),
                            anchor.arguments(),
                            anchor.format(),
                            "",
                            anchor.settings());
            AnchorEncoder encoder = new AnchorEncoder(TestFfmpeg.PROGRAM, clips);
            long saved =
                    encoder.measure(unstripped, 32, clip).streamBytes()
                            - encoder.measure(anchor, 32, clip).streamBytes();
            assertThat(saved).as(name).isGreaterThanOrEqualTo(name.startsWith("x264") ? 600 : 0);
        }
    }

    private static AnchorCache cache(String name) {
        return new AnchorCache(folder.resolve(name), TestFfmpeg.PROGRAM, clips);
    }
}
