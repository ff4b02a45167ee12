package aiv1.domain.campaign;

import aiv1.domain.candidate.Proposal;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.LimitClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A goal, a budget, clips, anchors and a seed: everything that a search is, so that it can be
/// resumed or run again.
///
/// `proposer` names who proposes; `delay` is the pause after each experiment; `experimentCountMax`
/// > 0. The first anchor is the one that ranks. `parallelCount` (> 0) experiments run side by side:
/// each proposal knows the results of those that lie so many before it and more, whoever evaluates
/// and however fast.
public record Campaign(
        CampaignId id,
        String goal,
        long seed,
        int experimentCountMax,
        String proposer,
        List<Clip> clips,
        List<String> anchors,
        LimitClass limitClass,
        int parallelCount,
        Duration delay,
        Instant startedAt) {
    public Campaign {
        clips = List.copyOf(clips);
        anchors = List.copyOf(anchors);
        if (experimentCountMax <= 0) {
            throw new IllegalArgumentException(
                    "experiments: expected > 0, got " + experimentCountMax);
        }
        if (parallelCount <= 0) {
            throw new IllegalArgumentException(
                    "parallel experiments: expected > 0, got " + parallelCount);
        }
        if (clips.isEmpty() || anchors.isEmpty()) {
            throw new IllegalArgumentException(
                    "campaign: expected at least one clip and one anchor, got %d and %d"
                            .formatted(clips.size(), anchors.size()));
        }
    }

    /// Of each of its experiments.
    public int runCount() {
        return clips.size() * Experiment.QUALITY_COUNT;
    }

    public String rankingAnchor() {
        return anchors.getFirst();
    }

    /// The same campaign with another budget of experiments, as a resumed one may have.
    public Campaign withExperimentCountMax(int count) {
        return new Campaign(
                id,
                goal,
                seed,
                count,
                proposer,
                clips,
                anchors,
                limitClass,
                parallelCount,
                delay,
                startedAt);
    }

    /// What a proposer is told for step `index` (0-based) after the results in `history`, oldest
    /// first, while `underWay` are evaluated; `attempt` counts the proposals for this step that
    /// were of no use, and changes the chance in it.
    public Brief brief(
            int index, int attempt, List<ExperimentResult> history, List<Proposal> underWay) {
        return new Brief(
                id,
                goal,
                index,
                experimentCountMax,
                Seeds.at(Seeds.at(seed, index), attempt),
                clips,
                anchors,
                limitClass,
                Stream.concat(
                                history.stream().map(result -> result.experiment().proposal()),
                                underWay.stream())
                        .map(proposal -> proposal.candidate().id())
                        .collect(Collectors.toSet()),
                history);
    }
}
