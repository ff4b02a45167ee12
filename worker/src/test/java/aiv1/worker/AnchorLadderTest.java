package aiv1.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.RateKind;
import aiv1.domain.rd.BdRate;
import aiv1.media.Anchor;
import aiv1.media.AnchorCatalogue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnchorLadderTest {
    private static final AnchorCatalogue CATALOGUE = AnchorCatalogue.bundled();
    private static final Set<String> ASKED = Set.of("x264-medium", "x265-medium");

    private final AnchorLadder ladder = new AnchorLadder(CATALOGUE);

    @Test
    void a_candidate_that_is_far_stays_with_the_anchors_asked_for() {
        assertThat(next(ASKED, entry("x265-medium", "cars", 10.1))).isEmpty();
        assertThat(next(ASKED, entry("x265-medium", "cars", 40))).isEmpty();
        assertThat(next(ASKED)).isEmpty();
    }

    @Test
    void one_that_comes_near_the_strongest_meets_the_rung_above_it() {
        List<String> names = CATALOGUE.anchors().stream().map(Anchor::name).toList();
        String above = names.get(names.indexOf("x265-medium") + 1);
        assertThat(next(ASKED, entry("x265-medium", "cars", 9.9))).hasValue(above);
    }

    @Test
    void a_weaker_anchor_alone_does_not_open_the_rung() {
        assertThat(next(ASKED, entry("x264-medium", "cars", -30))).isEmpty();
    }

    @Test
    void the_mean_of_the_clips_counts_and_a_clip_without_a_number_forbids() {
        BdEntry near = entry("x265-medium", "cars", 0);
        assertThat(next(ASKED, near, entry("x265-medium", "rapids", 19))).isPresent();
        assertThat(next(ASKED, near, entry("x265-medium", "rapids", 21))).isEmpty();
        BdEntry none =
                new BdEntry(
                        "rapids",
                        "x265-medium",
                        BdEntry.PSNR_YUV,
                        RateKind.STREAM,
                        new BdRate.Absent("no overlap"));
        assertThat(next(ASKED, near, none)).isEmpty();
    }

    @Test
    void a_codec_that_beats_all_climbs_to_the_top_and_ends_there() {
        Set<String> used = new LinkedHashSet<>(ASKED);
        List<BdEntry> entries = new ArrayList<>();
        for (String name : ASKED) {
            entries.add(entry(name, "cars", -20));
        }
        Optional<Anchor> rung = ladder.next(used, entries);
        while (rung.isPresent()) {
            assertThat(used.add(rung.get().name())).as(rung.get().name()).isTrue();
            entries.add(entry(rung.get().name(), "cars", -20));
            rung = ladder.next(used, entries);
        }
        assertThat(used).contains(CATALOGUE.anchors().getLast().name());
    }

    private Optional<String> next(Set<String> used, BdEntry... entries) {
        return ladder.next(used, List.of(entries)).map(Anchor::name);
    }

    private static BdEntry entry(String anchor, String clip, double percent) {
        return new BdEntry(
                clip,
                anchor,
                BdEntry.PSNR_YUV,
                RateKind.STREAM,
                new BdRate.Percent(percent, percent, 0.9));
    }
}
