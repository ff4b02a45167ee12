package aiv1.domain.campaign;

import aiv1.domain.candidate.CandidateId;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.LimitClass;
import java.util.List;
import java.util.Set;

/// What a proposer is told beside the parents: the campaign and its goal, which proposal of it this
/// is (`index`, 0-based), the `seed` of all chance in it, clips, anchors and limits, the candidates
/// that were tried before and must not come again, and all results so far, oldest first.
public record Brief(
        CampaignId campaign,
        String goal,
        int index,
        int experimentCountMax,
        long seed,
        List<Clip> clips,
        List<String> anchors,
        LimitClass limitClass,
        Set<CandidateId> tried,
        List<ExperimentResult> history) {
    public Brief {
        clips = List.copyOf(clips);
        anchors = List.copyOf(anchors);
        tried = Set.copyOf(tried);
        history = List.copyOf(history);
    }

    /// The experiment that the proposal is for.
    public ExperimentId experiment() {
        return campaign.experimentId(index);
    }
}
