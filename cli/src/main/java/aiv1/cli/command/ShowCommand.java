package aiv1.cli.command;

import aiv1.cli.lab.Lab;
import aiv1.cli.lab.LadderPlace;
import aiv1.cli.terminal.ResultText;
import aiv1.cli.terminal.Screen;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.media.Anchor;
import aiv1.wire.ExperimentJson;
import aiv1.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows one stored experiment: runs, BD-rates, failure, rationale.",
        footer = {"", "Example:", "  aiv1 show c-20261123-081500.0003 --code"})
final class ShowCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();

    @Parameters(paramLabel = "EXPERIMENT", description = "Its id, or the beginning of it.")
    private String id = "";

    @Option(names = "--code", description = "The source of the candidate too.")
    private boolean isWithCode;

    @Override
    public Integer call() {
        try (Lab lab = new Lab(global.configuration(Map.of()))) {
            ExperimentResult result = StoredExperiment.require(lab, id);
            if (global.isJson()) {
                System.out.println(
                        Json.pretty(
                                ListCommand.flagged(
                                        ExperimentJson.write(result),
                                        lab.flags().find(result.experiment().id()))));
                return ExitCode.DONE;
            }
            List<String> ladder = lab.catalogue().anchors().stream().map(Anchor::name).toList();
            System.out.println(ResultText.of(result, LadderPlace.of(result, ladder)));
            lab.flags()
                    .find(result.experiment().id())
                    .ifPresent(flag -> print("not to be believed", flag.reason()));
            Proposal proposal = result.experiment().proposal();
            print("rationale", proposal.rationale());
            if (isWithCode) {
                for (Part part : Part.values()) {
                    proposal.candidate()
                            .source(part)
                            .ifPresent(source -> print(part.fileName(), source));
                }
            }
            return ExitCode.DONE;
        }
    }

    private static void print(String title, String text) {
        if (text.isBlank()) {
            return;
        }
        System.out.println();
        System.out.println(title + ":");
        text.lines().forEach(line -> System.out.println("  " + Screen.clean(line, 400)));
    }
}
