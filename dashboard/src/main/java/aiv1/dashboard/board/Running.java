package aiv1.dashboard.board;

import aiv1.domain.campaign.LedgerView.ProposalRow;
import aiv1.domain.experiment.Progress;
import java.time.Instant;
import java.util.Optional;

/// A proposal without a result. `since` is when this process heard that it began; without that
/// nobody here knows whether it runs: another program may evaluate it, or was stopped.
public record Running(
        ProposalRow proposal,
        Optional<Instant> since,
        Optional<Progress.Event.Phase> phase,
        int doneRuns) {
    public String state() {
        return since.isPresent() ? "in_progress" : "queued";
    }

    public String id() {
        return proposal.experiment().value();
    }

    Running begun(Instant now) {
        return new Running(proposal, Optional.of(now), phase, doneRuns);
    }

    Running at(Progress.Event.Phase latest) {
        return new Running(proposal, since, Optional.of(latest), doneRuns);
    }

    Running withRunEnded() {
        return new Running(proposal, since, phase, doneRuns + 1);
    }
}
