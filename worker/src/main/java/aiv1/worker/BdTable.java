package aiv1.worker;

import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.RateKind;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.rd.BdRate;
import aiv1.domain.rd.RatePoint;
import aiv1.domain.rd.RdCurve;
import aiv1.media.Anchor;
import aiv1.media.AnchorCache;
import aiv1.media.AnchorCatalogue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The BD-rates of a measured experiment: every clip against every anchor, by stream and by stream
/// with decoder.
///
/// The anchors asked for come first; then those that the [AnchorLadder] adds.
final class BdTable {
    private final AnchorCatalogue catalogue;
    private final AnchorLadder ladder;
    private final AnchorCache cache;

    BdTable(AnchorCatalogue catalogue, AnchorCache cache) {
        this.catalogue = catalogue;
        this.ladder = new AnchorLadder(catalogue);
        this.cache = cache;
    }

    List<BdEntry> compute(
            Experiment experiment, List<RunResult> runs, long decoderBytes, Progress progress) {
        Set<String> names = new LinkedHashSet<>(experiment.anchors());
        List<BdEntry> entries = new ArrayList<>();
        for (String name : experiment.anchors()) {
            entries.addAll(against(require(name), experiment, runs, decoderBytes, progress));
        }
        Optional<Anchor> rung = ladder.next(names, entries);
        while (rung.isPresent()) {
            names.add(rung.get().name());
            entries.addAll(against(rung.get(), experiment, runs, decoderBytes, progress));
            rung = ladder.next(names, entries);
        }
        return entries;
    }

    private List<BdEntry> against(
            Anchor anchor,
            Experiment experiment,
            List<RunResult> runs,
            long decoderBytes,
            Progress progress) {
        List<BdEntry> entries = new ArrayList<>();
        double decoderShareBytes = (double) decoderBytes / experiment.clips().size();
        for (Clip clip : experiment.clips()) {
            RdCurve reference =
                    cache.curve(
                                    anchor,
                                    clip,
                                    (point, count) ->
                                            progress.report(
                                                    new Progress.Event.Anchor(
                                                            anchor.name(),
                                                            clip.name(),
                                                            point,
                                                            count)))
                            .psnrYuv(clip);
            for (RateKind rate : RateKind.values()) {
                double extraBytes =
                        switch (rate) {
                            case STREAM -> 0;
                            case TOTAL -> decoderShareBytes;
                        };
                RdCurve test = curve(clip, runs, extraBytes);
                BdRate bdRate = BdRate.compute(new BdRate.Comparison(reference, test));
                entries.add(
                        new BdEntry(clip.name(), anchor.name(), BdEntry.PSNR_YUV, rate, bdRate));
            }
        }
        return entries;
    }

    private static RdCurve curve(Clip clip, List<RunResult> runs, double extraBytes) {
        List<RatePoint> points = new ArrayList<>();
        for (RunResult run : runs) {
            if (run.clip().equals(clip.name())) {
                Measurement measured = run.outcome().numbers().orElseThrow();
                points.add(
                        new RatePoint(
                                clip.bitrateKbps(measured.streamBytes() + extraBytes),
                                measured.distortion().psnrYuv()));
            }
        }
        return new RdCurve(points);
    }

    private Anchor require(String name) {
        return catalogue
                .find(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "anchor: expected one of %s, got '%s'"
                                                .formatted(
                                                        catalogue.anchors().stream()
                                                                .map(Anchor::name)
                                                                .toList(),
                                                        name)));
    }
}
