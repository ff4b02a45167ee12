package aiv1.proposer.prompt;

import aiv1.domain.campaign.Brief;
import aiv1.domain.campaign.Seeds;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RateKind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// What a model is asked to do, in the words of the mode's prompt file.
final class TaskText {
    /// Beyond this BD-rate a codec lacks whole tools, and small changes are beside the point.
    private static final double FAR_BEHIND_PERCENT = 25;

    private TaskText() {}

    static String of(Mode mode, Brief brief, List<ExperimentResult> shown) {
        List<String> families = Templates.families();
        String family = families.get(Seeds.generator(brief.seed()).nextInt(families.size()));
        String anchor = brief.anchors().getFirst();
        return "\n"
                + Templates.fill(
                        "task-" + mode.label() + ".md",
                        Map.of(
                                "family",
                                family,
                                "base",
                                shown.isEmpty()
                                        ? "There is no codec yet to start from, so write the simplest sound one around it."
                                        : "Start from codec 1, shown above, and keep what it needs.",
                                "distance",
                                distance(shown, anchor),
                                "standing",
                                standing(brief)));
    }

    private static String distance(List<ExperimentResult> shown, String anchor) {
        OptionalDouble score =
                shown.stream()
                        .map(result -> result.meanBdRatePercent(anchor, RateKind.TOTAL))
                        .findFirst()
                        .orElse(OptionalDouble.empty());
        return score.isPresent() && score.getAsDouble() <= FAR_BEHIND_PERCENT
                ? "Make the one change that should gain most there, and do it well; a second one if it is independent and safe."
                : "It is far behind the anchor, so it lacks whole tools: supply the one or two that it misses most, and rewrite the parts that stand in their way.";
    }

    private static String standing(Brief brief) {
        String anchor = brief.anchors().getFirst();
        return brief.history().stream()
                .map(result -> result.meanBdRatePercent(anchor, RateKind.TOTAL))
                .flatMap(score -> score.stream().boxed())
                .min(Comparator.naturalOrder())
                .map(
                        best ->
                                String.format(
                                        Locale.ROOT,
                                        "The best of %d so far stands at %+.3f %%.",
                                        brief.history().size(),
                                        best))
                .orElse("Nothing has a score yet.");
    }
}
