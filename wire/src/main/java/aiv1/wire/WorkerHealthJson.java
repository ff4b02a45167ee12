package aiv1.wire;

import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a worker says of itself, as JSON: that it is one, its name, build and process, whether it
/// still takes experiments, and what its clock shows.
public record WorkerHealthJson(
        String worker,
        String build,
        long processId,
        boolean isDraining,
        Instant startedAt,
        Instant now) {
    /// What tells a worker of this lab from any other server.
    public static final String SERVICE = "aiv1-worker";

    private static final String OK = "ok";
    private static final String DRAINING = "draining";

    public ObjectNode write() {
        ObjectNode object = Json.object();
        object.put("service", SERVICE);
        object.put("status", isDraining ? DRAINING : OK);
        object.put("worker", worker);
        object.put("build", build);
        object.put("process_id", processId);
        object.put("started_at", startedAt.toString());
        object.put("now", now.toString());
        return object;
    }

    /// Throws [JsonFormatException] for what no worker of this lab says. One without a name, as
    /// earlier builds are, is `unnamed`: its build tells the rest.
    public static WorkerHealthJson read(JsonNode document) {
        JsonFields fields = JsonFields.of(document, "health");
        fields.require("service", SERVICE);
        return new WorkerHealthJson(
                fields.optionalText("worker").orElse("unnamed"),
                fields.text("build"),
                fields.wholeNumber("process_id"),
                fields.text("status").equals(DRAINING),
                fields.instant("started_at"),
                fields.instant("now"));
    }
}
