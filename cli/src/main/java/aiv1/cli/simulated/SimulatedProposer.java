package aiv1.cli.simulated;

import aiv1.domain.Sha256;
import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.Proposer;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.CandidateId;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.ExperimentResult;
import java.util.List;
import java.util.Map;

/// Proposes what follows from seed and parents, so that one result that was lost, doubled or
/// changed would change all that come after it.
public final class SimulatedProposer implements Proposer {
    public static final String NAME = "simulated";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Proposal propose(Brief brief, List<ExperimentResult> parents) {
        StringBuilder text = new StringBuilder("seed " + brief.seed() + "\n");
        for (ExperimentResult parent : parents) {
            text.append(parent.experiment().proposal().candidate().id().sha256()).append('\n');
        }
        return proposal(
                Sha256.of(text.toString()),
                parents.stream()
                        .map(parent -> parent.experiment().proposal().candidate().id())
                        .toList());
    }

    /// A candidate that nobody could run, told apart by `word`.
    static Proposal proposal(String word, List<CandidateId> parents) {
        String part = "simulated = '" + word + "'\n";
        return new Proposal(
                new Candidate(Map.of(Part.ENCODER, part, Part.DECODER, part), Contract.NATIVE),
                "simulated",
                parents,
                NAME);
    }
}
