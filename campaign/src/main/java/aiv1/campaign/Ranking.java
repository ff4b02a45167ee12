package aiv1.campaign;

import aiv1.domain.campaign.Placement;
import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RateKind;
import aiv1.domain.rd.BdRate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/// The order of a campaign's results: the mean BD-rate of stream and decoder together against the
/// ranking anchor, lowest first.
///
/// Only measured results with a BD-rate on every clip, over enough of both curves, have a place,
/// and none that calls a codec which is not its own. Times never count here, so two campaigns with
/// one seed rank alike whatever else the machine was doing; equal scores keep the order of their
/// ids.
public final class Ranking {
    private final String anchor;
    private final Predicate<ExperimentId> isFlagged;

    public Ranking(String anchor) {
        this(anchor, id -> false);
    }

    /// What `isFlagged` has no place.
    public Ranking(String anchor, Predicate<ExperimentId> isFlagged) {
        this.anchor = anchor;
        this.isFlagged = isFlagged;
    }

    /// What ranks a result, in percent, lower is better; absent for one that has no place.
    public OptionalDouble score(ExperimentResult result) {
        return overlapsEnough(result)
                        && isOwnWork(result)
                        && !isFlagged.test(result.experiment().id())
                ? result.meanBdRatePercent(anchor, RateKind.TOTAL)
                : OptionalDouble.empty();
    }

    private boolean overlapsEnough(ExperimentResult result) {
        for (BdEntry entry : result.bdRates()) {
            if (entry.anchor().equals(anchor)
                    && entry.bdRate() instanceof BdRate.Percent percent
                    && percent.overlap() < Placement.OVERLAP_MIN) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOwnWork(ExperimentResult result) {
        return result.runs().stream()
                .flatMap(run -> run.outcome().numbers().stream())
                .flatMap(numbers -> numbers.labels().stream())
                .noneMatch(label -> label.startsWith(Placement.BORROWED));
    }

    /// Those that have a place, best first.
    public List<ExperimentResult> rank(List<ExperimentResult> results) {
        return results.stream()
                .filter(result -> score(result).isPresent())
                .sorted(
                        Comparator.comparingDouble(
                                        (ExperimentResult result) -> score(result).orElseThrow())
                                .thenComparing(result -> result.experiment().id().value()))
                .toList();
    }

    public Optional<ExperimentResult> best(List<ExperimentResult> results) {
        return rank(results).stream().findFirst();
    }
}
