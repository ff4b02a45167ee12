package aiv1.cli.command;

import aiv1.cli.lab.Lab;
import aiv1.cli.terminal.Screen;
import aiv1.cli.terminal.TextTable;
import aiv1.domain.campaign.Flag;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RateKind;
import aiv1.store.LedgerFlags;
import aiv1.wire.ExperimentJson;
import aiv1.wire.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "list",
        description = "Lists stored experiments, oldest first.",
        footer = {"", "Example:", "  aiv1 list --outcome measured --limit 20"})
final class ListCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();

    @Mixin private CampaignOption campaign = new CampaignOption();

    @Option(names = "--outcome", paramLabel = "NAME", description = "Only those that ended so.")
    private @Nullable String outcome;

    @Option(names = "--limit", paramLabel = "N", description = "The newest N of them.")
    private @Nullable Integer limit;

    @Override
    public Integer call() {
        try (Lab lab = new Lab(global.configuration(Map.of()))) {
            List<ExperimentResult> all =
                    campaign.results(lab).stream()
                            .filter(
                                    result ->
                                            outcome == null
                                                    || outcome.equals(result.outcomeLabel()))
                            .toList();
            int from = limit == null ? 0 : Math.max(0, all.size() - Math.max(0, limit));
            List<ExperimentResult> results = all.subList(from, all.size());
            System.out.println(
                    global.isJson() ? json(results, lab.flags()) : text(results, lab.flags()));
            return ExitCode.DONE;
        }
    }

    private static String json(List<ExperimentResult> results, LedgerFlags flags) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode experiments = document.putArray("experiments");
        results.forEach(
                result ->
                        experiments.add(
                                flagged(
                                        ExperimentJson.writeSlim(result),
                                        flags.find(result.experiment().id()))));
        document.putNull("next");
        return Json.pretty(document);
    }

    /// The document, with why its numbers are not to be believed, null for those that are.
    static ObjectNode flagged(ObjectNode document, Optional<Flag> flag) {
        return document.put("flagged", flag.map(Flag::reason).orElse(null));
    }

    private static String text(List<ExperimentResult> results, LedgerFlags flags) {
        if (results.isEmpty()) {
            return "no experiments yet: 'aiv1 run' makes some";
        }
        TextTable table =
                new TextTable()
                        .left("experiment")
                        .left("candidate")
                        .left("outcome")
                        .right("BD-rate % total")
                        .left("against")
                        .right("decoder B")
                        .left("failure");
        for (ExperimentResult result : results) {
            String anchor =
                    result.experiment().anchors().isEmpty()
                            ? "-"
                            : result.experiment().anchors().getFirst();
            OptionalDouble percent = result.meanBdRatePercent(anchor, RateKind.TOTAL);
            table.row(
                    result.experiment().id().value(),
                    result.experiment().proposal().candidate().id().abbreviated(),
                    flags.contains(result.experiment().id())
                            ? result.outcomeLabel() + ", flagged"
                            : result.outcomeLabel(),
                    percent.isPresent()
                            ? String.format(Locale.ROOT, "%+.1f", percent.getAsDouble())
                            : "-",
                    anchor,
                    result.decoderBytes().isPresent()
                            ? Long.toString(result.decoderBytes().getAsLong())
                            : "-",
                    result.stopper()
                            .map(stopper -> Screen.clean(stopper.failure().summary(), 80))
                            .or(
                                    () ->
                                            flags.find(result.experiment().id())
                                                    .map(flag -> Screen.clean(flag.reason(), 80)))
                            .orElse(""));
        }
        return table.toString();
    }
}
