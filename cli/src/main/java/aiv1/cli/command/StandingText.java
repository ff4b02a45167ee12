package aiv1.cli.command;

import aiv1.campaign.Ranking;
import aiv1.cli.lab.LadderPlace;
import aiv1.cli.terminal.Screen;
import aiv1.cli.terminal.TextTable;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RateKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// How a campaign stands: the counts, the ranked codecs, and those that failed with their reason.
final class StandingText {
    private static final int RANKED_COUNT_MAX = 10;

    private StandingText() {}

    static String of(
            Campaign campaign,
            List<ExperimentResult> results,
            List<String> ladder,
            Ranking ranking) {
        List<String> lines = new ArrayList<>();
        long measured = results.stream().filter(ExperimentResult::isMeasured).count();
        lines.add(
                "campaign %s: %d experiments, %d measured, %d failed"
                        .formatted(
                                campaign.id(),
                                results.size(),
                                measured,
                                results.size() - measured));
        TextTable table =
                new TextTable()
                        .right("rank")
                        .left("experiment")
                        .right("BD-rate % total")
                        .right("stream")
                        .right("decoder B")
                        .left("place")
                        .left("rationale");
        List<ExperimentResult> ranked = ranking.rank(results);
        for (int i = 0; i < Math.min(RANKED_COUNT_MAX, ranked.size()); i++) {
            ExperimentResult result = ranked.get(i);
            table.row(
                    Integer.toString(i + 1),
                    result.experiment().id().value(),
                    percent(ranking.score(result)),
                    percent(result.meanBdRatePercent(campaign.rankingAnchor(), RateKind.STREAM)),
                    Long.toString(result.decoderBytes().orElseThrow()),
                    LadderPlace.of(result, ladder).orElse("-"),
                    Screen.clean(firstLine(result), 60));
        }
        if (!table.isEmpty()) {
            lines.add("");
            lines.addAll(table.lines());
        }
        results.stream()
                .filter(result -> !result.isMeasured())
                .forEach(
                        result ->
                                lines.add(
                                        "failed %s: %s"
                                                .formatted(
                                                        result.experiment().id(),
                                                        Screen.clean(
                                                                result.stopper()
                                                                        .orElseThrow()
                                                                        .failure()
                                                                        .summary(),
                                                                160))));
        return String.join("\n", lines);
    }

    private static String percent(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%+.1f", value.getAsDouble()) : "-";
    }

    /// What the rationale says first.
    static String firstLine(ExperimentResult result) {
        return result.experiment()
                .proposal()
                .rationale()
                .lines()
                .map(String::strip)
                .filter(text -> !text.isEmpty() && !text.startsWith("#"))
                .findFirst()
                .orElse("");
    }
}
