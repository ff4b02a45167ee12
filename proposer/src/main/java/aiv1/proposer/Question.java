package aiv1.proposer;

import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.Seeds;
import aiv1.domain.candidate.CandidateId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.proposer.prompt.Mode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is asked for next, and about which codecs.
///
/// A codec that just failed is mended first, as often as is allowed in a row; else chance decides,
/// from the brief's seed alone.
public record Question(Mode mode, List<ExperimentResult> shown) {
    private static final double EXPLORE_SHARE = 0.25;
    private static final double CROSS_SHARE = 0.2;

    public Question {
        shown = List.copyOf(shown);
    }

    /// What is asked next; `repairCountMax` repairs of one codec in a row.
    public static Question choose(Brief brief, List<ExperimentResult> parents, int repairCountMax) {
        return of(mode(brief, parents, repairCountMax), brief, parents);
    }

    /// What is asked when the mode is given: about the best of `parents`, or the last failed codec.
    /// It shows fewer codecs than the mode needs where there are fewer.
    public static Question of(Mode mode, Brief brief, List<ExperimentResult> parents) {
        return new Question(
                mode,
                switch (mode) {
                    case NOTHING -> List.of();
                    case IMPROVE, EXPLORE -> parents.stream().limit(1).toList();
                    case CROSS -> parents.stream().limit(2).toList();
                    case REPAIR ->
                            brief.history().reversed().stream()
                                    .filter(result -> !result.isMeasured())
                                    .limit(1)
                                    .toList();
                });
    }

    private static Mode mode(Brief brief, List<ExperimentResult> parents, int repairCountMax) {
        if (!brief.history().isEmpty()) {
            ExperimentResult last = brief.history().getLast();
            if (!last.isMeasured() && repairs(last, brief.history()) < repairCountMax) {
                return Mode.REPAIR;
            }
        }
        if (parents.isEmpty()) {
            return Mode.NOTHING;
        }
        double chance = Seeds.generator(Seeds.at(brief.seed(), 1)).nextDouble();
        if (chance < EXPLORE_SHARE) {
            return Mode.EXPLORE;
        }
        return chance < EXPLORE_SHARE + CROSS_SHARE && parents.size() > 1
                ? Mode.CROSS
                : Mode.IMPROVE;
    }

    /// How many failed codecs in a row lead to this failed one, itself not counted.
    private static int repairs(ExperimentResult failed, List<ExperimentResult> history) {
        int count = 0;
        Set<CandidateId> line = new HashSet<>(failed.experiment().proposal().parents());
        for (int i = history.size() - 2; i >= 0; i--) {
            ExperimentResult earlier = history.get(i);
            if (earlier.isMeasured()
                    || !line.contains(earlier.experiment().proposal().candidate().id())) {
                return count;
            }
            count++;
            line.addAll(earlier.experiment().proposal().parents());
        }
        return count;
    }
}
