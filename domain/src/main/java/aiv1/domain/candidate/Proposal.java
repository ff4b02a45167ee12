package aiv1.domain.candidate;

import java.util.List;

/// A candidate with the reason why it was proposed.
///
/// `rationale` is Markdown; `parents` are the candidates it was made from, empty for one from
/// nothing; `proposer` names who proposed it, such as "inventor".
public record Proposal(
        Candidate candidate, String rationale, List<CandidateId> parents, String proposer) {
    public Proposal {
        parents = List.copyOf(parents);
    }
}
