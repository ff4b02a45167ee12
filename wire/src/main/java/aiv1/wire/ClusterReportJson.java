package aiv1.wire;

import aiv1.domain.ArtifactId;
import aiv1.domain.clip.ClipId;
import aiv1.domain.experiment.ExperimentId;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// What a worker of a cluster says when it is through with a ticket, as JSON, schema
/// `cluster-report/2`. `worker` is what it calls itself, `outcome` a label for people.
public record ClusterReportJson(
        ExperimentId experiment, ArtifactId order, String worker, String outcome, Told told) {
    public static final String SCHEMA = "cluster-report/2";

    /// What came of it.
    public sealed interface Told {
        /// By which name the result ([ExperimentJson]) is an artifact.
        record Result(ArtifactId id) implements Told {}

        /// Which clips it lacks to begin at all.
        record LackedClips(List<ClipId> clips) implements Told {
            private static final int COUNT_MAX = 100;

            public LackedClips {
                clips = List.copyOf(clips);
                if (clips.isEmpty() || clips.size() > COUNT_MAX) {
                    throw new IllegalArgumentException(
                            "lacked clips: expected 1 to %d, got %d"
                                    .formatted(COUNT_MAX, clips.size()));
                }
            }
        }

        /// Nothing stood against it when it was screened.
        record Passed() implements Told {}
    }

    public String write() {
        ObjectNode object = Json.object();
        object.put("schema", SCHEMA);
        object.put("experiment_id", experiment.value());
        object.put("order", order.sha256());
        object.put("worker", worker);
        object.put("outcome", outcome);
        switch (told) {
            case Told.Result result -> object.put("result", result.id().sha256());
            case Told.LackedClips lacked ->
                    object.set(
                            "lacked_clips",
                            Json.texts(lacked.clips().stream().map(ClipId::sha256).toList()));
            case Told.Passed passed -> object.put("is_passed", true);
        }
        return Json.line(object);
    }

    /// Throws [JsonFormatException] for anything that is wrong in it.
    public static ClusterReportJson read(String text) {
        JsonFields fields =
                JsonFields.of(Json.parse(text, "report", ClusterTicketJson.LENGTH_MAX), "report");
        fields.require("schema", SCHEMA);
        return new ClusterReportJson(
                fields.value("experiment_id", ExperimentId::new),
                fields.value("order", ArtifactId::new),
                fields.text("worker"),
                fields.text("outcome"),
                fields.build(() -> told(fields)));
    }

    private static Told told(JsonFields fields) {
        boolean hasResult = !fields.isAbsent("result");
        boolean hasLackedClips = !fields.isAbsent("lacked_clips");
        boolean isPassed = !fields.isAbsent("is_passed") && fields.truth("is_passed");
        if (Stream.of(hasResult, hasLackedClips, isPassed).filter(one -> one).count() != 1) {
            throw new IllegalArgumentException(
                    "report: expected one of result, lacked_clips and is_passed, got none or several");
        }
        if (hasResult) {
            return new Told.Result(fields.value("result", ArtifactId::new));
        }
        return isPassed
                ? new Told.Passed()
                : new Told.LackedClips(
                        fields.texts("lacked_clips").stream().map(ClipId::new).toList());
    }
}
