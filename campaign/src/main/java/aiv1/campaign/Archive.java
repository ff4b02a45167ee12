package aiv1.campaign;

import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RunOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// The population that a campaign selects parents from: all results so far, and a way to draw the
/// promising ones.
///
/// Parents are drawn by tournament: of a few drawn at random among the ranked, the best one wins.
/// That keeps pressure towards the best and leaves the others a chance. While nothing has a rank,
/// measured results stand in, the highest PSNR first. Not thread-safe.
final class Archive {
    private static final int PARENT_COUNT_MAX = 2;
    private static final int TOURNAMENT_SIZE = 4;

    private final Ranking ranking;
    private final Predicate<ExperimentId> isFlagged;
    private final List<ExperimentResult> results = new ArrayList<>();

    /// Nothing is learnt from what `isFlagged`, or was cancelled before it was done: it is neither
    /// ranked nor drawn nor told to a proposer.
    Archive(String rankingAnchor, Predicate<ExperimentId> isFlagged) {
        this.ranking = new Ranking(rankingAnchor, isFlagged);
        this.isFlagged = isFlagged;
    }

    void add(ExperimentResult result) {
        results.add(result);
    }

    List<ExperimentResult> results() {
        return List.copyOf(results);
    }

    Optional<ExperimentResult> best() {
        return ranking.best(believed());
    }

    /// At most two parents, best first; none while nothing was measured.
    List<ExperimentResult> parents(RandomGenerator random) {
        List<ExperimentResult> population = ranking.rank(believed());
        if (population.isEmpty()) {
            population = measuredByQuality();
        }
        List<ExperimentResult> parents = new ArrayList<>();
        List<ExperimentResult> rest = new ArrayList<>(population);
        while (parents.size() < PARENT_COUNT_MAX && !rest.isEmpty()) {
            int winner = rest.size();
            for (int i = 0; i < TOURNAMENT_SIZE; i++) {
                winner = Math.min(winner, random.nextInt(rest.size()));
            }
            parents.add(rest.remove(winner));
        }
        parents.sort(Comparator.comparingInt(population::indexOf));
        return parents;
    }

    /// In the order in which they were added.
    List<ExperimentResult> believed() {
        return results.stream().filter(this::isBelieved).toList();
    }

    /// What was tried and tells nothing.
    List<Proposal> disregarded() {
        return results.stream()
                .filter(result -> !isBelieved(result))
                .map(result -> result.experiment().proposal())
                .toList();
    }

    private boolean isBelieved(ExperimentResult result) {
        return !isFlagged.test(result.experiment().id())
                && result.stopper().filter(RunOutcome.Cancelled.class::isInstance).isEmpty();
    }

    private List<ExperimentResult> measuredByQuality() {
        return believed().stream()
                .filter(ExperimentResult::isMeasured)
                .sorted(
                        Comparator.comparingDouble((ExperimentResult result) -> -quality(result))
                                .thenComparing(result -> result.experiment().id().value()))
                .toList();
    }

    private static double quality(ExperimentResult result) {
        OptionalDouble mean =
                result.runs().stream()
                        .flatMap(run -> run.outcome().numbers().stream())
                        .mapToDouble(measurement -> measurement.distortion().psnrYuv())
                        .average();
        return mean.orElseThrow();
    }
}
