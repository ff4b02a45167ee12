package aiv1.inventor;

import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.Proposer;
import aiv1.domain.campaign.Seeds;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.CandidateId;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.ExperimentResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The proposer that needs no model: it starts with a ladder of codecs from simple to advanced,
/// then changes and crosses the parents it is given.
///
/// It keeps no state: chance comes from the brief's seed, and what a parent is made of stands in
/// the parent's source. Parents from elsewhere are passed over. Thread-safe.
public final class Inventor implements Proposer {
    private static final int ATTEMPT_COUNT_MAX = 1000;
    private static final int ATTEMPTS_PER_CHANGE = 8;
    private static final double CROSS_SHARE = 0.3;

    /// A genome with the reason for it, before it is known to be new.
    private record Idea(Genome genome, Origin origin, List<Ancestor> from) {}

    private record Ancestor(CandidateId id, Genome genome) {}

    private enum Origin {
        START,
        CHANGED,
        CROSSED
    }

    @Override
    public String name() {
        return "inventor";
    }

    @Override
    public Proposal propose(Brief brief, List<ExperimentResult> parents) {
        RandomGenerator random = Seeds.generator(brief.seed());
        List<Ancestor> ancestors = ancestors(parents);
        for (int attempt = 0; attempt < ATTEMPT_COUNT_MAX; attempt++) {
            Idea idea = idea(brief.index(), attempt, ancestors, random);
            Candidate candidate = CodecWriter.write(idea.genome());
            if (!brief.tried().contains(candidate.id())) {
                return new Proposal(
                        candidate,
                        rationale(idea),
                        idea.from().stream().map(Ancestor::id).toList(),
                        name());
            }
        }
        throw new IllegalStateException(
                "inventor: expected a codec that was not tried, got %d known ones in a row"
                        .formatted(ATTEMPT_COUNT_MAX));
    }

    private static List<Ancestor> ancestors(List<ExperimentResult> parents) {
        List<Ancestor> ancestors = new ArrayList<>();
        for (ExperimentResult parent : parents) {
            Candidate candidate = parent.experiment().proposal().candidate();
            Genome.find(candidate)
                    .ifPresent(genome -> ancestors.add(new Ancestor(candidate.id(), genome)));
        }
        return ancestors;
    }

    /// The longer the search for something new takes, the further it goes.
    private static Idea idea(
            int index, int attempt, List<Ancestor> ancestors, RandomGenerator random) {
        List<Genome> starts = Grammar.starts();
        if (attempt == 0 && index < starts.size()) {
            return new Idea(starts.get(index), Origin.START, List.of());
        }
        if (ancestors.isEmpty()) {
            return new Idea(Grammar.random(random), Origin.START, List.of());
        }
        int changeCount = 1 + random.nextInt(3) + attempt / ATTEMPTS_PER_CHANGE;
        Ancestor first = ancestors.getFirst();
        if (ancestors.size() > 1 && random.nextDouble() < CROSS_SHARE) {
            Ancestor second = ancestors.get(1);
            Genome child = Grammar.cross(first.genome(), second.genome(), random);
            return new Idea(
                    attempt < ATTEMPTS_PER_CHANGE
                            ? child
                            : Grammar.mutate(child, changeCount, random),
                    Origin.CROSSED,
                    List.of(first, second));
        }
        return new Idea(
                Grammar.mutate(first.genome(), changeCount, random),
                Origin.CHANGED,
                List.of(first));
    }

    private static String rationale(Idea idea) {
        StringBuilder text = new StringBuilder();
        text.append(
                switch (idea.origin()) {
                    case START -> "From nothing: " + idea.genome().words();
                    case CHANGED ->
                            "Changed: "
                                    + String.join(
                                            "; ",
                                            changes(
                                                    idea.from().getFirst().genome(),
                                                    idea.genome()));
                    case CROSSED -> "Crossed from two ranked parents: " + idea.genome().words();
                });
        text.append(".\n\n**What it is.** ").append(idea.genome().words()).append(".\n");
        for (Ancestor parent : idea.from()) {
            text.append("\n**Against `").append(parent.id().abbreviated()).append("`:**\n\n");
            List<String> changes = changes(parent.genome(), idea.genome());
            changes.forEach(change -> text.append("- ").append(change).append('\n'));
        }
        return text.toString();
    }

    private static List<String> changes(Genome before, Genome after) {
        List<String> changes = new ArrayList<>();
        for (Slot slot : Slot.values()) {
            Optional<Choice> old = Optional.ofNullable(before.choices().get(slot));
            Optional<Choice> now = Optional.ofNullable(after.choices().get(slot));
            if (!old.equals(now)) {
                changes.add(
                        "%s: %s instead of %s"
                                .formatted(
                                        slot.label(),
                                        now.map(Choice::words).orElse("nothing"),
                                        old.map(Choice::words).orElse("nothing")));
            }
        }
        after.knobs()
                .forEach(
                        (knob, value) -> {
                            Double old = before.knobs().get(knob);
                            if (old != null && !old.equals(value)) {
                                changes.add(
                                        "%s: %s instead of %s"
                                                .formatted(
                                                        knob.words(),
                                                        Knob.text(value),
                                                        Knob.text(old)));
                            }
                        });
        if (changes.isEmpty()) {
            changes.add("the same decisions");
        }
        return changes;
    }
}
