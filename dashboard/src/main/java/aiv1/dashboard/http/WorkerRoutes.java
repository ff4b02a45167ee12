package aiv1.dashboard.http;

import aiv1.dashboard.WorkerWatch;
import aiv1.dashboard.board.Board;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `GET /api/workers`, and the events of workers that come, go, and get and end work.
final class WorkerRoutes {
    private final WorkerWatch watch;
    private final Board board;
    private final Map<String, String> told = new HashMap<>();

    WorkerRoutes(WorkerWatch watch, Board board) {
        this.watch = watch;
        this.board = board;
    }

    void workers(ServerRequest request, ServerResponse response) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode workers = answer.putArray("workers");
        Optional<List<WorkerWatch.Row>> rows = watch.look();
        rows.ifPresentOrElse(
                all -> all.forEach(row -> workers.add(json(row))),
                () ->
                        answer.put(
                                "reason",
                                "this process sends no experiments to workers: it carries them out itself, or only shows a home"));
        Answers.json(request, response, answer);
    }

    /// Tells of each worker that is not as it was at the last look. Called by one thread.
    void look() {
        for (WorkerWatch.Row row : watch.look().orElse(List.of())) {
            String now = row.state() + " " + row.build() + " " + row.running();
            String before = told.put(row.url(), now);
            if (!now.equals(before)) {
                boolean isLost = !row.trouble().isEmpty() || row.state().equals("set_aside");
                board.tell(isLost ? "worker.lost" : "worker.heartbeat", json(row));
            }
        }
    }

    private static ObjectNode json(WorkerWatch.Row row) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("url", row.url());
        object.put("name", row.name());
        object.put("state", row.state());
        object.put("build", row.build().isEmpty() ? null : row.build());
        row.processId().ifPresentOrElse(pid -> object.put("pid", pid), () -> object.putNull("pid"));
        object.put("slots", row.slotCount());
        row.running().forEach(object.putArray("running")::add);
        row.sinceHeard()
                .ifPresentOrElse(
                        since -> object.put("heartbeat_age_seconds", since.toMillis() / 1000.0),
                        () -> object.putNull("heartbeat_age_seconds"));
        object.set(
                "load",
                row.load().map(WorkerRoutes::json).orElseGet(JsonNodeFactory.instance::nullNode));
        object.put("trouble", row.trouble().isEmpty() ? null : row.trouble());
        return object;
    }

    private static JsonNode json(WorkerWatch.Load load) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        CampaignRoutes.put(object, "cpu_share", load.cpuShare());
        put(object, "memory_bytes", load.memoryBytes());
        put(object, "memory_free_bytes", load.memoryFreeBytes());
        put(object, "disk_free_bytes", load.diskFreeBytes());
        put(object, "network_received_bytes", load.networkReceivedBytes());
        put(object, "network_sent_bytes", load.networkSentBytes());
        return object;
    }

    private static void put(ObjectNode object, String name, OptionalLong bytes) {
        bytes.ifPresentOrElse(count -> object.put(name, count), () -> object.putNull(name));
    }
}
