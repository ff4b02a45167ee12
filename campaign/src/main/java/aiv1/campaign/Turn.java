package aiv1.campaign;

import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Seeds;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// What the proposer is given at one step: the brief, and parents, best first.
public record Turn(Brief brief, List<ExperimentResult> parents) {
    public Turn {
        parents = List.copyOf(parents);
    }

    /// The step after all of `results`, which are a campaign's in the order of their steps, as if
    /// the last of them were still evaluated where experiments run side by side. From what
    /// `isFlagged` nothing is learnt.
    public static Turn next(
            Campaign campaign, List<ExperimentResult> results, Predicate<ExperimentId> isFlagged) {
        int known = Math.max(0, results.size() + 1 - campaign.parallelCount());
        Archive archive = new Archive(campaign.rankingAnchor(), isFlagged);
        results.subList(0, known).forEach(archive::add);
        List<Proposal> underWay =
                results.subList(known, results.size()).stream()
                        .map(result -> result.experiment().proposal())
                        .toList();
        return of(campaign, results.size(), 0, archive, underWay);
    }

    /// Follows from the campaign's seed, the index and what is known then, and from nothing else.
    static Turn of(
            Campaign campaign, int index, int attempt, Archive archive, List<Proposal> underWay) {
        RandomGenerator chance = Seeds.generator(Seeds.at(campaign.seed(), index));
        List<Proposal> tried = new ArrayList<>(underWay);
        tried.addAll(archive.disregarded());
        return new Turn(
                campaign.brief(index, attempt, archive.believed(), tried), archive.parents(chance));
    }
}
