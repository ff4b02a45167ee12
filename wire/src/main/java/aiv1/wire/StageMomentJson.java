package aiv1.wire;

import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Stage;
import aiv1.domain.experiment.StageMoment;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// When an experiment came to which stage, as JSON. Results of earlier versions have none.
final class StageMomentJson {
    private static final String STAGES = "stages";

    private StageMomentJson() {}

    static void put(ObjectNode object, ExperimentResult result) {
        if (result.stages().isEmpty()) {
            return;
        }
        ArrayNode array = object.putArray(STAGES);
        for (StageMoment moment : result.stages()) {
            ObjectNode one = array.addObject();
            one.put("stage", moment.stage().label());
            one.put("runs", moment.runCount());
            one.put("at", moment.at().toString());
        }
    }

    static List<StageMoment> read(JsonFields fields) {
        if (fields.isAbsent(STAGES)) {
            return List.of();
        }
        return fields.objects(STAGES).stream().map(StageMomentJson::moment).toList();
    }

    private static StageMoment moment(JsonFields fields) {
        return fields.build(
                () ->
                        new StageMoment(
                                fields.oneOf("stage", Stage.values(), Stage::label),
                                fields.integer("runs"),
                                fields.instant("at")));
    }
}
