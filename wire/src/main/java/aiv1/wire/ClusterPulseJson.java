package aiv1.wire;

import aiv1.domain.experiment.Progress;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A sign of life of a worker of a cluster, as JSON, schema `cluster-pulse/1`: which worker, and
/// the latest events of what it carries out. `last` is the number of the last event, from 1; 0
/// before the first.
public record ClusterPulseJson(String worker, long last, List<Progress.Event> events) {
    public static final String SCHEMA = "cluster-pulse/1";

    /// Characters of one at most.
    public static final int LENGTH_MAX = 1 << 18;

    private static final int EVENT_COUNT_MAX = 64;

    public ClusterPulseJson {
        events = List.copyOf(events);
        if (events.size() > EVENT_COUNT_MAX || events.size() > last) {
            throw new IllegalArgumentException(
                    "events: expected at most %d and at most the last one's number %d, got %d"
                            .formatted(EVENT_COUNT_MAX, last, events.size()));
        }
    }

    /// Those that came after event number `known`.
    public List<Progress.Event> after(long known) {
        long missed = Math.clamp(last - known, 0, events.size());
        return events.subList(events.size() - (int) missed, events.size());
    }

    public String write() {
        ObjectNode object = Json.object();
        object.put("schema", SCHEMA);
        object.put("worker", worker);
        object.put("last", last);
        ArrayNode array = object.putArray("events");
        events.forEach(event -> array.add(ProgressJson.write(event)));
        return Json.line(object);
    }

    /// Throws [JsonFormatException] for anything that is wrong in it.
    public static ClusterPulseJson read(String text) {
        JsonNode document = Json.parse(text, "pulse", LENGTH_MAX);
        JsonFields fields = JsonFields.of(document, "pulse");
        fields.require("schema", SCHEMA);
        List<Progress.Event> events = new ArrayList<>();
        document.path("events").forEach(event -> events.add(ProgressJson.read(event)));
        return fields.build(
                () ->
                        new ClusterPulseJson(
                                fields.text("worker"), fields.wholeNumber("last"), events));
    }
}
