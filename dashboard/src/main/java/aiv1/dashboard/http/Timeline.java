package aiv1.dashboard.http;

import aiv1.dashboard.board.Board;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What happened to an experiment.
record Timeline(Board board) {
    /// In the order of time; `slim` is its line in lists, `document` what is recorded of it.
    ArrayNode lines(ObjectNode slim, JsonNode document) {
        String id = slim.path("experiment_id").asString();
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        List<ObjectNode> all = new ArrayList<>();
        if (slim.path("started_at").isString()) {
            all.add(line(slim.path("started_at").asString(), "started"));
        }
        document.path("stages").forEach(stage -> all.add(stage(stage)));
        board.running(id).stream()
                .flatMap(running -> running.stages().stream())
                .forEach(moment -> all.add(line(moment.at().toString(), moment.stage().label())));
        if (slim.path("finished_at").isString()) {
            all.add(line(slim.path("finished_at").asString(), slim.path("outcome").asString()));
        }
        board.marks(mark -> mark.target().equals(id))
                .forEach(mark -> all.add(line(mark.at().toString(), mark.action())));
        all.stream()
                .sorted(Comparator.comparing(one -> Instant.parse(one.path("at").asString())))
                .forEach(lines::add);
        return lines;
    }

    private static ObjectNode stage(JsonNode moment) {
        int runs = moment.path("runs").intValue(0);
        String counted = runs == 0 ? "" : runs == 1 ? ", 1 run" : ", %d runs".formatted(runs);
        return line(moment.path("at").asString(), moment.path("stage").asString() + counted);
    }

    private static ObjectNode line(String at, String text) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", at);
        line.put("what", text);
        line.put("text", text);
        return line;
    }
}
