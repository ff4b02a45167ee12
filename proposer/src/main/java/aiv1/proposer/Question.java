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
record Question(Mode mode, List<ExperimentResult> shown) {
    private static final double EXPLORE_SHARE = 0.25;
    private static final double CROSS_SHARE = 0.2;

    Question {
        shown = List.copyOf(shown);
    }

    static Question choose(Brief brief, List<ExperimentResult> parents, int repairCountMax) {
        if (!brief.history().isEmpty()) {
            ExperimentResult last = brief.history().getLast();
            if (!last.isMeasured() && repairs(last, brief.history()) < repairCountMax) {
                return new Question(Mode.REPAIR, List.of(last));
            }
        }
        if (parents.isEmpty()) {
            return new Question(Mode.NOTHING, List.of());
        }
        double chance = Seeds.generator(Seeds.at(brief.seed(), 1)).nextDouble();
        if (chance < EXPLORE_SHARE) {
            return new Question(Mode.EXPLORE, parents.subList(0, 1));
        }
        if (chance < EXPLORE_SHARE + CROSS_SHARE && parents.size() > 1) {
            return new Question(Mode.CROSS, parents.subList(0, 2));
        }
        return new Question(Mode.IMPROVE, parents.subList(0, 1));
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
