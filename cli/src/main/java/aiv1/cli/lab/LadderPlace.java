package aiv1.cli.lab;

import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RateKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Where a codec stands among the anchors, weakest first, by the mean BD-rate of its streams: what
/// a codec engineer asks first.
public final class LadderPlace {
    private LadderPlace() {}

    /// Such as "between x264-medium and x265-medium"; absent when the result has no BD-rate on
    /// every clip against any anchor.
    public static Optional<String> of(ExperimentResult result, List<String> ladder) {
        Optional<String> beaten = Optional.empty();
        Optional<String> unbeaten = Optional.empty();
        for (String anchor : ladder) {
            OptionalDouble percent = result.meanBdRatePercent(anchor, RateKind.STREAM);
            if (percent.isEmpty()) {
                continue;
            }
            if (percent.getAsDouble() < 0) {
                beaten = Optional.of(anchor);
                unbeaten = Optional.empty();
            } else if (unbeaten.isEmpty()) {
                unbeaten = Optional.of(anchor);
            }
        }
        if (beaten.isPresent() && unbeaten.isPresent()) {
            return Optional.of("between " + beaten.get() + " and " + unbeaten.get());
        }
        return beaten.isPresent()
                ? beaten.map(anchor -> "above " + anchor)
                : unbeaten.map(anchor -> "below " + anchor);
    }
}
