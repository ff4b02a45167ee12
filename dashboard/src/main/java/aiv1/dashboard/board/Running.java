package aiv1.dashboard.board;

import aiv1.dashboard.LiveWatch;
import aiv1.domain.campaign.LedgerView.ProposalRow;
import aiv1.domain.experiment.Progress;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// A proposal without a result. `since` is when it was heard that it began; without that nobody
/// knows whether it runs: another program may evaluate it, or was stopped. `isElsewhere` tells that
/// it was another program that said so; when that falls silent, `since` is absent again.
public record Running(
        ProposalRow proposal,
        OptionalInt totalRuns,
        Optional<Instant> since,
        Optional<Progress.Event.Phase> phase,
        int doneRuns,
        boolean isElsewhere) {
    static Running of(ProposalRow proposal, OptionalInt totalRuns) {
        return new Running(proposal, totalRuns, Optional.empty(), Optional.empty(), 0, false);
    }

    public String state() {
        return since.isPresent() ? "in_progress" : "queued";
    }

    public String id() {
        return proposal.experiment().value();
    }

    Running elsewhere(LiveWatch.Row row) {
        return new Running(
                proposal,
                totalRuns,
                Optional.of(row.since()),
                row.phase().or(this::phase),
                row.doneRuns(),
                true);
    }

    Running silent() {
        return new Running(proposal, totalRuns, Optional.empty(), Optional.empty(), doneRuns, true);
    }

    Running begun(Instant now) {
        return new Running(proposal, totalRuns, Optional.of(now), phase, doneRuns, false);
    }

    Running at(Progress.Event.Phase latest) {
        return new Running(proposal, totalRuns, since, Optional.of(latest), doneRuns, isElsewhere);
    }

    Running withRunEnded() {
        return new Running(proposal, totalRuns, since, phase, doneRuns + 1, isElsewhere);
    }
}
