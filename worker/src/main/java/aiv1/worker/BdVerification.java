package aiv1.worker;

import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.rd.BdRate;
import aiv1.media.AnchorCache;
import aiv1.media.AnchorCatalogue;
import aiv1.media.ClipLibrary;
import aiv1.media.Ffmpeg;
import java.util.List;
import java.util.Optional;

/// Checks the BD-rates that a result states: they are computed again from its runs, against curves
/// of the anchors that this machine made.
///
/// That can only be told with the same ffmpeg and with the clips at hand.
public final class BdVerification {
    /// In percentage points; rounding is far below, and whoever lies wants more.
    private static final double TOLERANCE_PERCENT = 0.01;

    private final BdTable table;
    private final AnchorCatalogue catalogue;
    private final ClipLibrary clips;
    private final Ffmpeg ffmpeg;

    public BdVerification(
            AnchorCatalogue catalogue, AnchorCache anchors, ClipLibrary clips, Ffmpeg ffmpeg) {
        this.table = new BdTable(catalogue, anchors);
        this.catalogue = catalogue;
        this.clips = clips;
        this.ffmpeg = ffmpeg;
    }

    public enum State {
        EQUAL,
        DIFFERS,
        NOT_CHECKED
    }

    /// What was found, and in `detail` what differs or why it cannot be told.
    public record Finding(State state, String detail) {}

    public Finding check(ExperimentResult result) {
        if (!result.isMeasured()) {
            return result.bdRates().isEmpty()
                    ? new Finding(State.EQUAL, "none, for not every run was measured")
                    : differs("expected none for runs that were not all measured", result);
        }
        Optional<String> obstacle = obstacle(result);
        if (obstacle.isPresent()) {
            return new Finding(State.NOT_CHECKED, obstacle.get());
        }
        List<BdEntry> own =
                table.compute(
                        result.experiment(),
                        result.runs(),
                        result.decoderBytes().orElseThrow(),
                        event -> {});
        if (own.size() != result.bdRates().size()) {
            return differs("expected %d".formatted(own.size()), result);
        }
        for (int i = 0; i < own.size(); i++) {
            if (!isSame(own.get(i), result.bdRates().get(i))) {
                return new Finding(
                        State.DIFFERS,
                        "expected %s, got %s".formatted(own.get(i), result.bdRates().get(i)));
            }
        }
        return new Finding(State.EQUAL, "%d computed again".formatted(own.size()));
    }

    private Optional<String> obstacle(ExperimentResult result) {
        if (!result.provenance().ffmpeg().equals(ffmpeg.identity())) {
            return Optional.of(
                    "made with ffmpeg %s, here is %s"
                            .formatted(result.provenance().ffmpeg(), ffmpeg.identity()));
        }
        if (result.decoderBytes().isEmpty()) {
            return Optional.of("the result does not state the decoder's size");
        }
        Experiment experiment = result.experiment();
        return experiment.clips().stream()
                .filter(clip -> clips.findExact(clip).isEmpty())
                .findFirst()
                .map(clip -> "clip %s is not in this library".formatted(clip.name()))
                .or(
                        () ->
                                experiment.anchors().stream()
                                        .filter(name -> catalogue.find(name).isEmpty())
                                        .findFirst()
                                        .map("anchor %s is not known here"::formatted));
    }

    private static Finding differs(String expected, ExperimentResult result) {
        return new Finding(
                State.DIFFERS, "%s, got %d".formatted(expected, result.bdRates().size()));
    }

    private static boolean isSame(BdEntry a, BdEntry b) {
        return a.clip().equals(b.clip())
                && a.anchor().equals(b.anchor())
                && a.metric().equals(b.metric())
                && a.rate() == b.rate()
                && isSame(a.bdRate(), b.bdRate());
    }

    private static boolean isSame(BdRate a, BdRate b) {
        return switch (a) {
            case BdRate.Absent absent -> b instanceof BdRate.Absent;
            case BdRate.Percent first ->
                    b instanceof BdRate.Percent second
                            && isNear(first.percent(), second.percent())
                            && isNear(first.akimaPercent(), second.akimaPercent())
                            && isNear(100 * first.overlap(), 100 * second.overlap());
        };
    }

    /// Relative above 100 %, where a curve far from the anchor makes rounding large.
    private static boolean isNear(double a, double b) {
        return Math.abs(a - b) <= TOLERANCE_PERCENT * Math.max(1, Math.abs(a) / 100);
    }
}
