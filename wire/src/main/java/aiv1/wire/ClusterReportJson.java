package aiv1.wire;

import aiv1.domain.ArtifactId;
import aiv1.domain.clip.ClipId;
import aiv1.domain.experiment.ExperimentId;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a worker of a cluster says when it is through with a ticket, as JSON, schema
/// `cluster-report/1`: by which name the result ([ExperimentJson]) is an artifact, or which clips
/// it lacks to begin at all. `worker` is what it calls itself.
public record ClusterReportJson(
        ExperimentId experiment,
        ArtifactId order,
        String worker,
        Optional<ArtifactId> result,
        String outcome,
        List<ClipId> lackedClips) {
    public static final String SCHEMA = "cluster-report/1";

    private static final int LACKED_COUNT_MAX = 100;

    public ClusterReportJson {
        lackedClips = List.copyOf(lackedClips);
        if (result.isPresent() != lackedClips.isEmpty()) {
            throw new IllegalArgumentException(
                    "report: expected a result or lacked clips, got both or neither");
        }
        if (lackedClips.size() > LACKED_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "lacked clips: expected at most %d, got %d"
                            .formatted(LACKED_COUNT_MAX, lackedClips.size()));
        }
    }

    public String write() {
        ObjectNode object = Json.object();
        object.put("schema", SCHEMA);
        object.put("experiment_id", experiment.value());
        object.put("order", order.sha256());
        object.put("worker", worker);
        Json.put(object, "result", result.map(ArtifactId::sha256));
        object.put("outcome", outcome);
        object.set("lacked_clips", Json.texts(lackedClips.stream().map(ClipId::sha256).toList()));
        return Json.line(object);
    }

    /// Throws [JsonFormatException] for anything that is wrong in it.
    public static ClusterReportJson read(String text) {
        JsonFields fields =
                JsonFields.of(Json.parse(text, "report", ClusterTicketJson.LENGTH_MAX), "report");
        fields.require("schema", SCHEMA);
        ExperimentId experiment = fields.value("experiment_id", ExperimentId::new);
        ArtifactId order = fields.value("order", ArtifactId::new);
        Optional<ArtifactId> result =
                fields.isAbsent("result")
                        ? Optional.empty()
                        : Optional.of(fields.value("result", ArtifactId::new));
        String worker = fields.text("worker");
        String outcome = fields.text("outcome");
        return fields.build(
                () ->
                        new ClusterReportJson(
                                experiment,
                                order,
                                worker,
                                result,
                                outcome,
                                fields.texts("lacked_clips").stream().map(ClipId::new).toList()));
    }
}
