package aiv1.cli.command;

import aiv1.cli.terminal.TextTable;
import aiv1.cluster.Preflight;
import aiv1.wire.Json;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What was found out about workers, for people and for scripts.
final class WorkersText {
    private WorkersText() {}

    /// A table of every step; what is wrong follows in full, for it is long.
    static String findings(List<Preflight.Finding> findings) {
        TextTable table = new TextTable().left("worker").left("step").left("state").left("detail");
        findings.forEach(
                finding ->
                        table.row(
                                finding.worker(),
                                finding.step(),
                                finding.isGood() ? "ok" : "WRONG",
                                finding.isGood() ? finding.detail() : "see below"));
        String wrong =
                findings.stream()
                        .filter(finding -> !finding.isGood())
                        .map(finding -> "\n" + finding.detail())
                        .collect(Collectors.joining("\n"));
        return table + wrong;
    }

    static String findingsJson(List<Preflight.Finding> findings) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode list = document.putArray("findings");
        for (Preflight.Finding finding : findings) {
            ObjectNode one = list.addObject();
            one.put("worker", finding.worker());
            one.put("what", finding.step());
            one.put("ok", finding.isGood());
            one.put("detail", finding.detail());
        }
        return Json.pretty(document).stripTrailing();
    }
}
