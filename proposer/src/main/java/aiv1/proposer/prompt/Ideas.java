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

/// What was tried in a campaign and what it gained over the codec it was made from.
final class Ideas {
    private static final int IDEA_LENGTH_MAX = 160;

    private Ideas() {}

    private record Idea(double score, String line) {}

    /// A line for each measured codec, the best first; empty when there is none.
    static String text(Brief brief) {
        String anchor = brief.anchors().getFirst();
        Map<CandidateId, Double> scores = new HashMap<>();
        List<Idea> ideas = new ArrayList<>();
        for (ExperimentResult result : brief.history()) {
            OptionalDouble score = result.meanBdRatePercent(anchor, RateKind.TOTAL);
            if (score.isPresent()) {
                scores.put(result.experiment().proposal().candidate().id(), score.getAsDouble());
                ideas.add(new Idea(score.getAsDouble(), line(result, score.getAsDouble(), scores)));
            }
        }
        if (ideas.isEmpty()) {
            return "";
        }
        ideas.sort(Comparator.comparingDouble(Idea::score));
        StringBuilder text =
                new StringBuilder(
                        "\n# Ideas tried, best first\n\nBD-rate against "
                                + anchor
                                + ", in brackets the difference from its parent, in points\n");
        ideas.forEach(idea -> text.append(idea.line()).append('\n'));
        return text.toString();
    }

    private static String line(
            ExperimentResult result, double score, Map<CandidateId, Double> scores) {
        String gain =
                result.experiment().proposal().parents().stream()
                        .flatMap(parent -> Optional.ofNullable(scores.get(parent)).stream())
                        .findFirst()
                        .map(before -> String.format(Locale.ROOT, " (%+.3f)", score - before))
                        .orElse("");
        String idea =
                result.experiment()
                        .proposal()
                        .rationale()
                        .lines()
                        .map(line -> line.replaceAll("^[#*\\s]+", "").strip())
                        .filter(line -> !line.isEmpty())
                        .findFirst()
                        .orElse("no rationale");
        return String.format(
                Locale.ROOT,
                "- %+.3f %%%s %s",
                score,
                gain,
                idea.substring(0, Math.min(IDEA_LENGTH_MAX, idea.length())));
    }
}
