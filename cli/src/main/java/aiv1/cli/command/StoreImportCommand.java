package aiv1.cli.command;

import aiv1.cli.config.ConfigurationException;
import aiv1.cli.lab.Lab;
import aiv1.store.imported.OldImport;
import aiv1.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
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
        name = "import",
        description =
                "Takes over records of an earlier system (JSON, JSON lines, DynamoDB items) as unverified: kept and shown, never ranked.",
        footer = {
            "",
            "Example:",
            "  aws dynamodb scan --table-name experiments > old.json && aiv1 store import old.json",
            "",
            "Exit: 0 all are in; 1 some are no experiments."
        })
final class StoreImportCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();

    @Parameters(paramLabel = "FILE", description = "The file of records.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        String text;
        try {
            if (Files.size(file) > Json.DOCUMENT_LENGTH_MAX) {
                throw new ConfigurationException(
                        List.of(
                                "%s: expected at most %d bytes, got %d"
                                        .formatted(
                                                file, Json.DOCUMENT_LENGTH_MAX, Files.size(file))));
            }
            text = Files.readString(file);
        } catch (IOException refused) {
            throw new ConfigurationException(
                    List.of(file + ": expected a file of UTF-8 text, got " + refused));
        }
        try (Lab lab = new Lab(global.configuration(Map.of()))) {
            OldImport.Report report =
                    new OldImport(lab.ledger(), lab.artifacts(), InstantSource.system().instant())
                            .read(text, file.toString());
            report.skipped().forEach(line -> System.err.println("aiv1: skipped: " + line));
            System.out.println(
                    global.isJson()
                            ? json(report)
                            : "%d imported as unverified, %d were there, %d skipped"
                                    .formatted(
                                            report.imported().size(),
                                            report.known(),
                                            report.skipped().size()));
            return report.skipped().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static String json(OldImport.Report report) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode imported = document.putArray("imported");
        report.imported().forEach(id -> imported.add(id.value()));
        document.put("known", report.known());
        ArrayNode skipped = document.putArray("skipped");
        report.skipped().forEach(skipped::add);
        return Json.pretty(document);
    }
}
