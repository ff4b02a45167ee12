package aiv1.dashboard.board;

import aiv1.dashboard.LiveWatch;
import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.LedgerView.ProposalRow;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// The proposals without a result, and what is heard of them. Guarded by the [Board].
final class UnderWay {
    static final String PHASE = "experiment.phase";
    static final String PROGRESS = "experiment.progress";

    private final Function<CampaignId, Optional<Campaign>> campaigns;
    private final Map<CampaignId, OptionalInt> runCounts = new HashMap<>();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Throttle throttle = new Throttle();
    private final Elsewhere elsewhere = new Elsewhere();

    UnderWay(Function<CampaignId, Optional<Campaign>> campaigns) {
        this.campaigns = campaigns;
    }

    List<Running> all() {
        return List.copyOf(running.values());
    }

    Optional<Running> find(String id) {
        return Optional.ofNullable(running.get(id));
    }

    void proposed(ProposalRow row) {
        OptionalInt runs = row.campaign().map(this::runCount).orElse(OptionalInt.empty());
        running.put(row.experiment().value(), Running.of(row, runs));
    }

    private OptionalInt runCount(CampaignId id) {
        return runCounts.computeIfAbsent(
                id,
                any ->
                        campaigns
                                .apply(id)
                                .map(Campaign::runCount)
                                .map(OptionalInt::of)
                                .orElse(OptionalInt.empty()));
    }

    void ended(String id) {
        running.remove(id);
        throttle.forget(id);
    }

    /// This process carries it out; its proposal, which may be one that nobody recorded yet.
    ProposalRow begun(Experiment experiment, Instant now) {
        String id = experiment.id().value();
        ProposalRow row = find(id).map(Running::proposal).orElseGet(() -> row(experiment));
        running.put(id, Running.of(row, OptionalInt.of(experiment.runCount())).begun(now));
        return row;
    }

    private static ProposalRow row(Experiment experiment) {
        Proposal proposal = experiment.proposal();
        return new ProposalRow(
                0,
                experiment.id(),
                experiment.campaign(),
                proposal.candidate().id(),
                proposal.candidate().contract().label(),
                proposal.proposer(),
                proposal.parents(),
                ArtifactId.of(proposal.rationale().getBytes(StandardCharsets.UTF_8)));
    }

    /// The name of the event that browsers are told, if they are.
    Optional<String> report(Progress.Event event, Instant now) {
        return switch (event) {
            case Progress.Event.Phase phase ->
                    find(phase.experiment().value()).flatMap(known -> report(known, phase, now));
            case Progress.Event.RunEnded ended ->
                    find(ended.experiment().value())
                            .flatMap(
                                    known -> {
                                        running.put(known.id(), known.withRunEnded());
                                        return progress(known, now);
                                    });
            case Progress.Event.Anchor anchor -> Optional.empty(); // Of no experiment of its own.
        };
    }

    private Optional<String> report(Running known, Progress.Event.Phase phase, Instant now) {
        boolean isSame =
                known.phase()
                        .filter(old -> old.stage() == phase.stage())
                        .filter(old -> old.clip().equals(phase.clip()))
                        .filter(old -> old.quality() == phase.quality())
                        .isPresent();
        running.put(known.id(), known.at(phase, now));
        return isSame ? progress(known, now) : Optional.of(PHASE);
    }

    private Optional<String> progress(Running known, Instant now) {
        return throttle.isDue(known.id(), now) ? Optional.of(PROGRESS) : Optional.empty();
    }

    /// What other programs said last; the events that browsers are told, by experiment.
    Map<String, String> hear(List<LiveWatch.Said> said, Instant now) {
        elsewhere.hear(said, now);
        Map<String, String> events = new LinkedHashMap<>();
        for (Running known : all()) {
            Optional<LiveWatch.Row> row = elsewhere.row(known.id());
            boolean isOurs = known.since().isPresent() && !known.isElsewhere();
            if (isOurs || (row.isEmpty() && known.since().isEmpty())) {
                continue;
            }
            Running next = row.map(one -> known.elsewhere(one, now)).orElseGet(known::silent);
            if (!next.equals(known)) {
                running.put(known.id(), next);
                events.put(known.id(), next.state().equals(known.state()) ? PROGRESS : PHASE);
            }
        }
        return events;
    }

    /// The other process that carries out a campaign now.
    Optional<Long> processOf(String campaign) {
        return elsewhere.process(campaign);
    }
}
