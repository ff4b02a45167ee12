package aiv1.wire;

import aiv1.domain.campaign.FailureSurvey;
import aiv1.domain.campaign.Suspect;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A survey of failures as JSON, for the command line and the page: `classes` count categories at
/// stages, `clusters` are failures of one pattern with what their members share, `suspects` are
/// what may be to blame in place of the codecs.
public final class FailureSurveyJson {
    private FailureSurveyJson() {}

    public static ObjectNode write(FailureSurvey survey) {
        ObjectNode document = Json.object();
        document.put("analysed", survey.experimentCount());
        document.put("failed", survey.failedCount());
        document.set("shared", Json.texts(survey.shared()));
        Json.put(document, "conclusion", survey.conclusion());
        ArrayNode classes = document.putArray("classes");
        for (FailureSurvey.Frequency frequency : survey.frequencies()) {
            ObjectNode entry = classes.addObject();
            entry.put("category", frequency.category().label());
            entry.put("stage", frequency.stage().label());
            entry.put("count", frequency.count());
        }
        ArrayNode clusters = document.putArray("clusters");
        survey.classes().forEach(group -> clusters.add(cluster(group)));
        ArrayNode suspects = document.putArray("suspects");
        survey.suspects().forEach(suspect -> suspects.add(suspect(suspect)));
        return document;
    }

    private static ObjectNode cluster(FailureSurvey.FailureClass group) {
        ObjectNode entry = Json.object();
        entry.put("signature", group.pattern());
        entry.put("count", group.count());
        entry.put("text", group.example().summary());
        entry.put("stage", group.example().stage().label());
        entry.put("category", group.example().category().label());
        entry.set("shared", Json.texts(group.shared()));
        entry.put("latest", group.latest().value());
        entry.set(
                "experiment_ids",
                Json.texts(group.experiments().stream().map(id -> id.value()).toList()));
        return entry;
    }

    private static ObjectNode suspect(Suspect suspect) {
        ObjectNode entry = Json.object();
        entry.put("kind", suspect.kind().label());
        entry.put("value", suspect.value());
        entry.put("failed", suspect.failed());
        entry.put("tried", suspect.tried());
        entry.put("failed_elsewhere", suspect.failedElsewhere());
        entry.put("tried_elsewhere", suspect.triedElsewhere());
        entry.put("text", suspect.text());
        return entry;
    }
}
