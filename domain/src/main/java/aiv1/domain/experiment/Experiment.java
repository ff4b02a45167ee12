package aiv1.domain.experiment;

import aiv1.domain.candidate.Proposal;
import aiv1.domain.clip.Clip;
import java.util.List;
import java.util.Optional;

/// One candidate over a clip set: everything that an evaluator needs to know.
///
/// `campaign` is absent for one that somebody asked for by hand. `anchors` are the names of
/// reference codecs to compare with. `clips` is empty only for a record of an earlier system, whose
/// clips nobody here knows; it cannot be evaluated.
public record Experiment(
        ExperimentId id,
        Optional<CampaignId> campaign,
        Proposal proposal,
        List<Clip> clips,
        List<String> anchors,
        LimitClass limitClass) {
    /// Quality levels 0..4.
    public static final int QUALITY_COUNT = 5;

    public Experiment {
        clips = List.copyOf(clips);
        anchors = List.copyOf(anchors);
        if (clips.stream().map(Clip::name).distinct().count() != clips.size()) {
            throw new IllegalArgumentException(id + ": clips: expected distinct names");
        }
    }

    public int runCount() {
        return clips.size() * QUALITY_COUNT;
    }
}
