package aiv1.cli.command;

import aiv1.cli.lab.Lab;
import aiv1.cli.lab.Stores;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Ledger;
import aiv1.store.copy.LabCopy;
import aiv1.wire.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "copy",
        description =
                "Copies a lab: every record, and every artifact that they name, hashes checked on both sides. One that was stopped goes on.",
        footer = {
            "",
            "A lab is the folder of a home, or LEDGER-URL,ARTIFACTS-URL.",
            "",
            "Example:",
            "  aiv1 store copy ~/.local/share/aiv1 'dynamodb://labs?region=eu-central-1,s3://labs-artifacts/one?region=eu-central-1'",
            "",
            "Exit: 0 all is there; 1 artifacts are named that are nowhere."
        })
final class StoreCopyCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();

    @Parameters(index = "0", paramLabel = "FROM", description = "The lab to copy.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "Where to.")
    private String to = "";

    @Override
    public Integer call() {
        try (Lab lab = new Lab(global.configuration(Map.of()))) {
            Stores source = Stores.parse(from, lab.stores().copies());
            Stores target = Stores.parse(to, lab.stores().copies());
            ArtifactStore sourceArtifacts = source.openUncopied();
            ArtifactStore targetArtifacts = target.openUncopied();
            LabCopy.Report report;
            try (Ledger sourceLedger = lab.openLedger(source, sourceArtifacts);
                    Ledger targetLedger = lab.openLedger(target, targetArtifacts)) {
                report =
                        new LabCopy(
                                        sourceLedger,
                                        sourceArtifacts,
                                        targetLedger,
                                        targetArtifacts,
                                        this::tell)
                                .copy();
            }
            System.out.println(global.isJson() ? json(report) : text(report));
            return report.absent().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private void tell(String line) {
        if (!global.isQuiet()) {
            System.err.println("aiv1: copied: " + line);
        }
    }

    private static String text(LabCopy.Report report) {
        StringBuilder text = new StringBuilder();
        report.absent().forEach(name -> text.append("nowhere: ").append(name).append('\n'));
        return text.append(
                        "%d records copied, %d were there and are equal; %d artifacts, %d bytes, all hashes equal on both sides"
                                .formatted(
                                        report.recordCount(),
                                        report.thereCount(),
                                        report.artifactCount(),
                                        report.bytes()))
                .toString();
    }

    private static String json(LabCopy.Report report) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("records_copied", report.recordCount());
        document.put("records_equal", report.thereCount());
        document.put("artifacts", report.artifactCount());
        document.put("bytes", report.bytes());
        ArrayNode absent = document.putArray("absent");
        report.absent().forEach(absent::add);
        return Json.pretty(document);
    }
}
