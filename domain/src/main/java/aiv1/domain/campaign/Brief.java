package aiv1.domain.campaign;

import aiv1.domain.candidate.CandidateId;
import aiv1.domain.clip.Clip;
import java.util.List;
import java.util.Set;

/// What a proposer is told beside the parents: the goal, which proposal of the campaign this is
/// (`index`, 0-based), the `seed` of all chance in it, the clips and anchors, and the candidates
/// that were tried before and must not come again.
public record Brief(
        String goal,
        int index,
        int experimentCountMax,
        long seed,
        List<Clip> clips,
        List<String> anchors,
        Set<CandidateId> tried) {
    public Brief {
        clips = List.copyOf(clips);
        anchors = List.copyOf(anchors);
        tried = Set.copyOf(tried);
    }
}
