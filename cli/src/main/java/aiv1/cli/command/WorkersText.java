package aiv1.cli.command;

import aiv1.cli.command.WorkerTargets.Answer;
import aiv1.cli.terminal.Screen;
import aiv1.cli.terminal.TextTable;
import aiv1.cluster.Preflight;
import aiv1.wire.Json;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
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

    /// A line for each worker.
    static String table(List<Answer<JsonNode>> answers) {
        TextTable table =
                new TextTable()
                        .left("worker")
                        .left("name")
                        .left("state")
                        .left("build")
                        .right("process")
                        .right("slots")
                        .right("running")
                        .right("waiting");
        for (Answer<JsonNode> answer : answers) {
            if (answer.value().isEmpty()) {
                table.row(answer.worker(), "", "LOST", "", "", "", "", "");
            }
            for (JsonNode status : answer.value()) {
                table.row(
                        answer.worker(),
                        text(status, "worker"),
                        text(status, "status"),
                        text(status, "build"),
                        status.path("process_id").asString("?"),
                        status.path("slots").asString("?"),
                        Integer.toString(status.path("running").size()),
                        Integer.toString(status.path("waiting").size()));
            }
        }
        return table.toString();
    }

    /// Some lines for each worker.
    static String details(List<Answer<JsonNode>> answers) {
        StringBuilder text = new StringBuilder();
        for (Answer<JsonNode> answer : answers) {
            text.append(answer.worker()).append('\n');
            for (JsonNode status : answer.value()) {
                JsonNode machine = status.path("machine");
                text.append(
                        "  %s, %s, build %s, process %s since %s, sandbox tier %s%n"
                                .formatted(
                                        text(status, "worker"),
                                        text(status, "status"),
                                        text(status, "build"),
                                        status.path("process_id").asString("?"),
                                        text(status, "started_at"),
                                        text(status, "sandbox_tier")));
                text.append(
                        "  %s processors at load %s, memory %s of %s MiB free, disk %s MiB free, network %s MiB in, %s out%n"
                                .formatted(
                                        machine.path("processors").asString("?"),
                                        machine.path("cpu_load").asString("?"),
                                        mebibytes(machine, "memory_free_bytes"),
                                        mebibytes(machine, "memory_bytes"),
                                        mebibytes(status.path("clip_cache"), "disk_free_bytes"),
                                        mebibytes(machine, "network_received_bytes"),
                                        mebibytes(machine, "network_sent_bytes")));
                for (JsonNode running : status.path("running")) {
                    JsonNode progress = running.path("progress");
                    text.append(
                            "  running %s for %s s: %s q%s %s frame %s of %s%n"
                                    .formatted(
                                            text(running, "experiment_id"),
                                            running.path("seconds").asString("?"),
                                            text(progress, "clip"),
                                            progress.path("quality").asString("?"),
                                            text(progress, "stage"),
                                            progress.path("frame").asString("?"),
                                            progress.path("frame_count").asString("?")));
                }
                text.append("  waiting: %d%n".formatted(status.path("waiting").size()));
            }
        }
        return text.toString().stripTrailing();
    }

    static String statusJson(List<Answer<JsonNode>> answers) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode list = document.putArray("workers");
        for (Answer<JsonNode> answer : answers) {
            ObjectNode one = list.addObject();
            one.put("url", answer.worker());
            answer.value().stream()
                    .findFirst()
                    .ifPresentOrElse(
                            status -> one.set("status", status), () -> one.putNull("status"));
            if (answer.trouble().isEmpty()) {
                one.putNull("trouble");
            } else {
                one.put("trouble", answer.trouble());
            }
        }
        return Json.pretty(document).stripTrailing();
    }

    private static String mebibytes(JsonNode node, String name) {
        JsonNode bytes = node.path(name);
        return bytes.isIntegralNumber() ? Long.toString(bytes.asLong() >> 20) : "?";
    }

    private static String text(JsonNode node, String name) {
        return Screen.clean(node.path(name).asString("?"), 60);
    }
}
