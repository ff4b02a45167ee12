package aiv1.dashboard.board;

import aiv1.dashboard.LiveWatch;
import aiv1.domain.campaign.LedgerView.ProposalRow;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.StageMoment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A proposal without a result. `since` is when it was heard that it began; without that nobody
/// knows whether it runs: another program may evaluate it, or was stopped. `isElsewhere` tells that
/// it was another program that said so; when that falls silent, `since` is absent again. `stages`
/// are those that were heard of, since when.
public record Running(
        ProposalRow proposal,
        OptionalInt totalRuns,
        Optional<Instant> since,
        Optional<Progress.Event.Phase> phase,
        int doneRuns,
        boolean isElsewhere,
        List<StageMoment> stages) {
    private static final int STAGE_COUNT_MAX = 50;

    public Running {
        stages = List.copyOf(stages);
    }

    static Running of(ProposalRow proposal, OptionalInt totalRuns) {
        return new Running(
                proposal, totalRuns, Optional.empty(), Optional.empty(), 0, false, List.of());
    }

    public String state() {
        return since.isPresent() ? "in_progress" : "queued";
    }

    public String id() {
        return proposal.experiment().value();
    }

    Running elsewhere(LiveWatch.Row row, Instant now) {
        return new Running(
                proposal,
                totalRuns,
                Optional.of(row.since()),
                row.phase().or(this::phase),
                row.doneRuns(),
                true,
                row.phase().map(latest -> stagesWith(latest, now)).orElse(stages));
    }

    Running silent() {
        return new Running(
                proposal, totalRuns, Optional.empty(), Optional.empty(), doneRuns, true, stages);
    }

    Running begun(Instant now) {
        return new Running(
                proposal, totalRuns, Optional.of(now), phase, doneRuns, false, List.of());
    }

    Running at(Progress.Event.Phase latest, Instant now) {
        return new Running(
                proposal,
                totalRuns,
                since,
                Optional.of(latest),
                doneRuns,
                isElsewhere,
                stagesWith(latest, now));
    }

    Running withRunEnded() {
        return new Running(proposal, totalRuns, since, phase, doneRuns + 1, isElsewhere, stages);
    }

    /// Runs go through the stages side by side, so only a stage that is another one is noted.
    private List<StageMoment> stagesWith(Progress.Event.Phase latest, Instant now) {
        boolean isKnown =
                (!stages.isEmpty() && stages.getLast().stage() == latest.stage())
                        || stages.size() == STAGE_COUNT_MAX;
        if (isKnown) {
            return stages;
        }
        List<StageMoment> more = new ArrayList<>(stages);
        more.add(new StageMoment(latest.stage(), 0, now));
        return more;
    }
}
