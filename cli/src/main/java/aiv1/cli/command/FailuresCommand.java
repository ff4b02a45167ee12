package aiv1.cli.command;

import aiv1.cli.lab.Lab;
import aiv1.cli.terminal.Screen;
import aiv1.domain.campaign.FailureSurvey;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.wire.FailureSurveyJson;
import aiv1.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
            System.out.println(
                    global.isJson()
                            ? Json.pretty(FailureSurveyJson.write(survey)).stripTrailing()
                            : text(survey));
            return ExitCode.DONE;
        }
    }

    private static String text(FailureSurvey survey) {
        StringBuilder text = new StringBuilder();
        text.append(
                "%d of the last %d experiments failed"
                        .formatted(survey.failedCount(), survey.experimentCount()));
        survey.shared().forEach(sentence -> text.append("\n  ").append(clean(sentence)));
        survey.conclusion().ifPresent(sentence -> text.append("\n  => ").append(clean(sentence)));
        if (!survey.suspects().isEmpty()) {
            text.append("\n\nsuspects:");
            survey.suspects().forEach(suspect -> text.append("\n  ").append(clean(suspect.text())));
        }
        if (!survey.frequencies().isEmpty()) {
            text.append("\n");
        }
        for (FailureSurvey.Frequency frequency : survey.frequencies()) {
            text.append(
                    "\n%4d x  %s at %s"
                            .formatted(
                                    frequency.count(),
                                    frequency.category().label(),
                                    frequency.stage().label()));
        }
        for (FailureSurvey.FailureClass group : survey.classes()) {
            text.append("\n\n%4d x  %s".formatted(group.count(), clean(group.pattern())));
            text.append(
                    "\n        last: %s in %s"
                            .formatted(clean(group.example().summary()), group.latest()));
            if (survey.classes().size() > 1) {
                group.shared()
                        .forEach(sentence -> text.append("\n        ").append(clean(sentence)));
            }
        }
        return text.toString();
    }

    private static String clean(String text) {
        return Screen.clean(text, 200);
    }
}
