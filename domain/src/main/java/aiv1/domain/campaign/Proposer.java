package aiv1.domain.campaign;

import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.ExperimentResult;
import java.util.List;

/// The seam to whoever invents codecs: the built-in inventor, or a language model.
///
/// The parents come best first, and there may be none. With equal brief and parents a deterministic
/// proposer gives an equal proposal. It never proposes a candidate that the brief lists as tried.
public interface Proposer {
    /// The name stored with each proposal.
    String name();

    Proposal propose(Brief brief, List<ExperimentResult> parents);
}
