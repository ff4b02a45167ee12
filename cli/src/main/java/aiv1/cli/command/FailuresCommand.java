package aiv1.cli.command;

import aiv1.cli.lab.Lab;
import aiv1.cli.terminal.Screen;
import aiv1.domain.campaign.FailureSurvey;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "failures",
        description =
                "Why codecs failed: the last experiments' failures in classes, and what they share.",
        footer = {"", "Example:", "  aiv1 failures --last 50"})
final class FailuresCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many experiments to look at (default 50).")
    private int last = 50;

    @Mixin private CampaignOption campaign = new CampaignOption();

    @Override
    public Integer call() {
        try (Lab lab = new Lab(global.configuration(Map.of()))) {
            List<ExperimentResult> all = campaign.results(lab);
            int from = Math.max(0, all.size() - Math.max(0, last));
            FailureSurvey survey = FailureSurvey.of(all.subList(from, all.size()));
            System.out.println(global.isJson() ? json(survey) : text(survey));
            return ExitCode.DONE;
        }
    }

    private static String text(FailureSurvey survey) {
        StringBuilder text = new StringBuilder();
        text.append(
                "%d of the last %d experiments failed"
                        .formatted(survey.failedCount(), survey.experimentCount()));
        survey.shared().forEach(sentence -> text.append("\n  ").append(clean(sentence)));
        for (FailureSurvey.FailureClass group : survey.classes()) {
            text.append("\n\n%4d x  %s".formatted(group.count(), clean(group.pattern())));
            text.append(
                    "\n        last: %s in %s"
                            .formatted(clean(group.example().summary()), group.latest()));
        }
        return text.toString();
    }

    private static String clean(String text) {
        return Screen.clean(text, 200);
    }

    private static String json(FailureSurvey survey) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("experiments", survey.experimentCount());
        document.put("failed", survey.failedCount());
        ArrayNode shared = document.putArray("shared");
        survey.shared().forEach(shared::add);
        ArrayNode classes = document.putArray("classes");
        for (FailureSurvey.FailureClass group : survey.classes()) {
            ObjectNode entry = classes.addObject();
            entry.put("count", group.count());
            entry.put("pattern", group.pattern());
            entry.put("stage", group.example().stage().label());
            entry.put("category", group.example().category().label());
            entry.put("example", group.example().summary());
            ArrayNode ids = entry.putArray("experiment_ids");
            group.experiments().forEach(id -> ids.add(id.value()));
        }
        return Json.pretty(document).stripTrailing();
    }
}
