package aiv1.cli.command;

import aiv1.cli.config.ConfigurationException;
import aiv1.cli.lab.Lab;
import aiv1.cli.lab.Publication;
import aiv1.cli.lab.Publication.Row;
import aiv1.cli.terminal.TextTable;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "publish",
        description =
                "Decodes an experiment's bitstreams again and stores its reconstructed video beside the decoder and bitstreams; reads all of it back and compares hashes. With S3, gives links.",
        footer = {
            "",
            "Example:",
            "  aiv1 store publish c-20261123-184243.0023 --hours 24",
            "",
            "Exit: 0 all is stored and equal; 1 something is not."
        })
final class StorePublishCommand implements Callable<Integer> {
    private static final int HOUR_COUNT_MAX = 7 * 24;

    @Mixin private GlobalOptions global = new GlobalOptions();

    @Parameters(paramLabel = "EXPERIMENT", description = "Its id, or the beginning of it.")
    private String experiment = "";

    @Option(
            names = "--hours",
            paramLabel = "N",
            defaultValue = "24",
            description = "How long links are good for, 1 to 168 hours.")
    private int hours = 24;

    @Override
    public Integer call() {
        if (hours < 1 || hours > HOUR_COUNT_MAX) {
            throw new ConfigurationException(
                    List.of("--hours: expected 1 to %d, got %d".formatted(HOUR_COUNT_MAX, hours)));
        }
        try (Lab lab = new Lab(global.configuration(Map.of()))) {
            ExperimentResult result = StoredExperiment.require(lab, experiment);
            List<Row> rows = new Publication(lab, Duration.ofHours(hours)).publish(result);
            System.out.println(global.isJson() ? json(result, rows) : text(rows));
            return rows.stream().allMatch(Row::isEqual) ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static String text(List<Row> rows) {
        TextTable table =
                new TextTable()
                        .left("what")
                        .left("state")
                        .right("bytes")
                        .left("sha256, or what is wrong")
                        .left("link");
        for (Row row : rows) {
            table.row(
                    row.name(),
                    row.isEqual() ? "equal" : "FAILED",
                    row.isEqual() ? Long.toString(row.bytes()) : "-",
                    row.detail(),
                    row.link().map(Object::toString).orElse("-"));
        }
        return table.toString();
    }

    private static String json(ExperimentResult result, List<Row> rows) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("experiment_id", result.experiment().id().value());
        ArrayNode list = document.putArray("published");
        for (Row row : rows) {
            ObjectNode one = list.addObject();
            one.put("name", row.name());
            one.put("equal", row.isEqual());
            one.put("bytes", row.bytes());
            one.put(row.isEqual() ? "sha256" : "detail", row.detail());
            Optional<String> link = row.link().map(Object::toString);
            link.ifPresentOrElse(at -> one.put("link", at), () -> one.putNull("link"));
        }
        return Json.pretty(document);
    }
}
