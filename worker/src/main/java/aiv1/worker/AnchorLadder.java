package aiv1.worker;

import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.RateKind;
import aiv1.domain.rd.BdRate;
import aiv1.media.Anchor;
import aiv1.media.AnchorCatalogue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which anchor a candidate is held against next.
///
/// A candidate whose stream comes within [#NEAR_PERCENT] of the strongest anchor used so far, on
/// the mean of the clips, is held against the next rung of the catalogue too, and so on: anchors
/// are dear to compute, and nobody needs libaom beside a codec that loses to x264.
final class AnchorLadder {
    static final double NEAR_PERCENT = 10;

    private final List<Anchor> rungs;

    AnchorLadder(AnchorCatalogue catalogue) {
        this.rungs = catalogue.anchors();
    }

    /// The weakest anchor above all that were used, when the strongest of those is nearly reached.
    Optional<Anchor> next(Set<String> used, List<BdEntry> entries) {
        int strongest = -1;
        for (int i = 0; i < rungs.size(); i++) {
            if (used.contains(rungs.get(i).name())) {
                strongest = i;
            }
        }
        if (strongest < 0
                || strongest + 1 >= rungs.size()
                || !isNear(rungs.get(strongest).name(), entries)) {
            return Optional.empty();
        }
        return Optional.of(rungs.get(strongest + 1));
    }

    private static boolean isNear(String anchor, List<BdEntry> entries) {
        double sum = 0;
        int count = 0;
        for (BdEntry entry : entries) {
            if (entry.anchor().equals(anchor) && entry.rate() == RateKind.STREAM) {
                if (!(entry.bdRate() instanceof BdRate.Percent percent)) {
                    return false;
                }
                sum += percent.percent();
                count++;
            }
        }
        return count > 0 && sum / count < NEAR_PERCENT;
    }
}
