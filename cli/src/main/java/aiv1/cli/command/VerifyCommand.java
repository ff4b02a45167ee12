package aiv1.cli.command;

import aiv1.cli.lab.Lab;
import aiv1.cli.terminal.Screen;
import aiv1.cli.terminal.TextTable;
import aiv1.store.ExportFolder;
import aiv1.wire.Json;
import aiv1.worker.BdVerification;
import aiv1.worker.ExportVerification;
import aiv1.worker.ExportVerification.Check;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "verify",
        description =
                "Decodes every bitstream of an exported experiment again, and compares hashes, numbers and BD-rates.",
        footer = {
            "",
            "Example:",
            "  aiv1 verify champion/",
            "",
            "Exit: 0 all equal; 1 something differs."
        })
final class VerifyCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();

    @Parameters(paramLabel = "DIR", description = "A folder that 'aiv1 export' wrote.")
    private Path directory = Path.of("");

    @Override
    public Integer call() {
        ExportFolder folder = ExportFolder.read(directory);
        try (Lab lab = new Lab(global.configuration(Map.of()))) {
            List<Check> checks =
                    new ExportVerification(lab.sandbox(), lab.clips())
                            .verify(folder.result(), folder::bitstream);
            BdVerification.Finding bdRates = lab.bdVerification().check(folder.result());
            System.out.println(global.isJson() ? json(checks, bdRates) : text(checks, bdRates));
            return checks.stream().allMatch(Check::isEqual)
                            && bdRates.state() != BdVerification.State.DIFFERS
                    ? ExitCode.DONE
                    : ExitCode.FAILED;
        }
    }

    private static String text(List<Check> checks, BdVerification.Finding bdRates) {
        TextTable table = new TextTable().left("clip").right("q").left("state").left("detail");
        checks.forEach(
                check ->
                        table.row(
                                check.clip(),
                                Integer.toString(check.quality()),
                                check.isEqual() ? "equal" : "DIFFERS",
                                Screen.clean(check.detail(), 200)));
        return "%s\nBD-rates: %s, %s"
                .formatted(table, word(bdRates.state()), Screen.clean(bdRates.detail(), 400));
    }

    private static String word(BdVerification.State state) {
        return switch (state) {
            case EQUAL -> "equal";
            case DIFFERS -> "DIFFER";
            case NOT_CHECKED -> "not checked";
        };
    }

    private static String json(List<Check> checks, BdVerification.Finding bdRates) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode list = document.putArray("checks");
        for (Check check : checks) {
            ObjectNode one = list.addObject();
            one.put("clip", check.clip());
            one.put("quality", check.quality());
            one.put("equal", check.isEqual());
            one.put("detail", check.detail());
        }
        ObjectNode rates = document.putObject("bd_rates");
        switch (bdRates.state()) {
            case EQUAL -> rates.put("equal", true);
            case DIFFERS -> rates.put("equal", false);
            case NOT_CHECKED -> rates.putNull("equal");
        }
        rates.put("detail", bdRates.detail());
        return Json.pretty(document);
    }
}
