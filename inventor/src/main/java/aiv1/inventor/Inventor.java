package aiv1.inventor;

import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.Proposer;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.ExperimentResult;
import java.util.List;

public final class Inventor implements Proposer {
    @Override
    public String name() {
        return "inventor";
    }

    @Override
    public Proposal propose(Brief brief, List<ExperimentResult> parents) {
        throw new UnsupportedOperationException();
    }
}
