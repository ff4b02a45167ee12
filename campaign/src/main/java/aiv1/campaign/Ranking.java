package aiv1.campaign;

import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RateKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The order of a campaign's results: the mean BD-rate of stream and decoder together against the
/// ranking anchor, lowest first.
///
/// Only measured results with a BD-rate on every clip have a place. Times never count here, so two
/// campaigns with one seed rank alike whatever else the machine was doing; equal scores keep the
/// order of their ids.
public final class Ranking {
    private final String anchor;

    public Ranking(String anchor) {
        this.anchor = anchor;
    }

    /// What ranks a result, in percent, lower is better; absent for one that has no place.
    public OptionalDouble score(ExperimentResult result) {
        return result.meanBdRatePercent(anchor, RateKind.TOTAL);
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
