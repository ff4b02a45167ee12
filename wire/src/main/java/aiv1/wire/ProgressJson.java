package aiv1.wire;

import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Stage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How an experiment goes on, as JSON, for streams between machines; `kind` tells what happened.
public final class ProgressJson {
    private static final String PHASE = "phase";
    private static final String RUN = "run";
    private static final String ANCHOR = "anchor";

    private ProgressJson() {}

    public static ObjectNode write(Progress.Event event) {
        ObjectNode object = Json.object();
        switch (event) {
            case Progress.Event.Phase phase -> {
                object.put("kind", PHASE);
                object.put("experiment_id", phase.experiment().value());
                object.put("clip", phase.clip());
                object.put("quality", phase.quality());
                object.put("stage", phase.stage().label());
                object.put("frame", phase.frame());
                object.put("frame_count", phase.frameCount());
            }
            case Progress.Event.RunEnded ended -> {
                object.put("kind", RUN);
                object.put("experiment_id", ended.experiment().value());
                object.set("run", RunJson.write("run", ended.run()));
            }
            case Progress.Event.Anchor anchor -> {
                object.put("kind", ANCHOR);
                object.put("anchor", anchor.anchor());
                object.put("clip", anchor.clip());
                object.put("point", anchor.point());
                object.put("point_count", anchor.pointCount());
            }
        }
        return object;
    }

    /// Reads what [#write] wrote. Throws [JsonFormatException] for anything that is wrong in it.
    public static Progress.Event read(JsonNode document) {
        JsonFields fields = JsonFields.of(document, "progress");
        return switch (fields.text("kind")) {
            case PHASE ->
                    new Progress.Event.Phase(
                            fields.value("experiment_id", ExperimentId::new),
                            fields.text("clip"),
                            fields.integer("quality"),
                            fields.oneOf("stage", Stage.values(), Stage::label),
                            fields.integer("frame"),
                            fields.integer("frame_count"));
            case RUN ->
                    new Progress.Event.RunEnded(
                            fields.value("experiment_id", ExperimentId::new),
                            RunJson.read(fields.object("run")));
            case ANCHOR ->
                    new Progress.Event.Anchor(
                            fields.text("anchor"),
                            fields.text("clip"),
                            fields.integer("point"),
                            fields.integer("point_count"));
            default -> throw fields.wrong("kind", "one of phase, run, anchor");
        };
    }
}
