package aiv1.proposer.prompt;

import aiv1.domain.campaign.Brief;
import aiv1.domain.candidate.CandidateId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RateKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What was tried in a campaign: what its author said, what changed in the source, and what it
/// gained over the codec it was made from.
final class Ideas {
    private static final int IDEA_LENGTH_MAX = 160;

    private final String anchor;
    private final List<ExperimentResult> shown;
    private final Map<CandidateId, ExperimentResult> measured = new HashMap<>();

    private Ideas(String anchor, List<ExperimentResult> shown) {
        this.anchor = anchor;
        this.shown = shown;
    }

    private record Idea(double score, String text) {}

    /// Two lines for each measured codec, the best first; empty when there is none. `shown` are the
    /// codecs that the prompt shows in full, in their order.
    static String text(Brief brief, List<ExperimentResult> shown) {
        return new Ideas(brief.anchors().getFirst(), shown).text(brief.history());
    }

    private String text(List<ExperimentResult> history) {
        List<Idea> ideas = new ArrayList<>();
        for (ExperimentResult result : history) {
            OptionalDouble score = score(result);
            if (score.isPresent()) {
                ideas.add(new Idea(score.getAsDouble(), idea(result, score.getAsDouble())));
                measured.put(result.experiment().proposal().candidate().id(), result);
            }
        }
        if (ideas.isEmpty()) {
            return "";
        }
        ideas.sort(Comparator.comparingDouble(Idea::score));
        StringBuilder text =
                new StringBuilder(
                        """

                        # Ideas tried, best first

                        Score (mean BD-rate against %s in percent, decoder included), in brackets the difference from its parent in points, \
                        what its author said, and what changed in the source.
                        """
                                .formatted(anchor));
        ideas.forEach(idea -> text.append(idea.text()));
        return text.toString();
    }

    private String idea(ExperimentResult result, double score) {
        Optional<ExperimentResult> parent =
                result.experiment().proposal().parents().stream()
                        .flatMap(id -> Optional.ofNullable(measured.get(id)).stream())
                        .findFirst();
        String gain =
                parent.map(
                                before ->
                                        String.format(
                                                Locale.ROOT,
                                                " (%+.3f)",
                                                score - score(before).orElseThrow()))
                        .orElse("");
        String change =
                parent.map(
                                before ->
                                        "  changed: %s%n"
                                                .formatted(
                                                        Change.between(
                                                                before.experiment()
                                                                        .proposal()
                                                                        .candidate(),
                                                                result.experiment()
                                                                        .proposal()
                                                                        .candidate())))
                        .orElse("");
        return String.format(
                        Locale.ROOT,
                        "- %+.3f %%%s%s %s%n",
                        score,
                        gain,
                        mark(result),
                        saying(result))
                + change;
    }

    private String mark(ExperimentResult result) {
        int place = shown.indexOf(result);
        return place < 0 ? "" : " [codec %d below]".formatted(place + 1);
    }

    private static String saying(ExperimentResult result) {
        return result.experiment()
                .proposal()
                .rationale()
                .lines()
                .map(line -> line.replaceAll("^[#*\\s]+", "").strip())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .map(line -> Words.cut(line, IDEA_LENGTH_MAX))
                .orElse("no rationale");
    }

    private OptionalDouble score(ExperimentResult result) {
        return result.meanBdRatePercent(anchor, RateKind.TOTAL);
    }
}
