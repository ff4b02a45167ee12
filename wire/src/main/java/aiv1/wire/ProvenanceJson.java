package aiv1.wire;

import aiv1.domain.experiment.Provenance;
import tools.jackson.databind.node.ObjectNode;

/// By what a result was made, as JSON.
final class ProvenanceJson {
    private ProvenanceJson() {}

    static ObjectNode write(Provenance provenance) {
        ObjectNode object = Json.object();
        object.put("build", provenance.build());
        object.put("metrics", provenance.metrics());
        object.put("sandbox_tier", provenance.sandboxTier());
        object.put("ffmpeg", provenance.ffmpeg());
        object.put("python", provenance.python());
        object.put("worker", provenance.worker());
        object.put("numpy", provenance.numpy());
        return object;
    }

    static Provenance read(JsonFields fields) {
        return new Provenance(
                fields.text("build"),
                fields.text("metrics"),
                fields.text("sandbox_tier"),
                fields.text("ffmpeg"),
                fields.text("python"),
                fields.text("numpy"),
                fields.text("worker"));
    }
}
