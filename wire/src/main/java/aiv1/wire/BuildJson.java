package aiv1.wire;

import aiv1.domain.ArtifactId;
import aiv1.domain.experiment.BuildReport;
import aiv1.domain.experiment.Usage;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What a candidate's build cost and left, as JSON.
final class BuildJson {
    private BuildJson() {}

    static ObjectNode write(BuildReport build) {
        ObjectNode object = Json.object();
        object.put("archive_sha256", build.archive().sha256());
        object.put("archive_bytes", build.archiveBytes());
        object.put("cpu_seconds", Seconds.of(build.usage().cpu()));
        object.put("wall_seconds", Seconds.of(build.usage().wall()));
        object.put("peak_memory_bytes", build.usage().peakMemoryBytes());
        object.set("labels", Json.texts(build.labels()));
        return object;
    }

    static BuildReport read(JsonFields fields) {
        ArtifactId archive = fields.value("archive_sha256", ArtifactId::new);
        long archiveBytes = fields.wholeNumber("archive_bytes");
        Usage usage =
                new Usage(
                        fields.seconds("cpu_seconds"),
                        fields.seconds("wall_seconds"),
                        fields.wholeNumber("peak_memory_bytes"));
        List<String> labels = fields.texts("labels");
        return fields.build(() -> new BuildReport(archive, archiveBytes, usage, labels));
    }
}
