package aiv1.wire;

import aiv1.domain.experiment.Provenance;
import tools.jackson.databind.node.ObjectNode;

/// By what a result was made, as JSON. A first attempt is not told; results of older builds, which
/// name no device, ran on a processor.
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
        object.put("device", provenance.device());
        if (provenance.attempt() > 1) {
            object.put("attempt", provenance.attempt());
        }
        return object;
    }

    static Provenance read(JsonFields fields) {
        return fields.build(() -> read(fields, fields.optionalInteger("attempt").orElse(1)));
    }

    private static Provenance read(JsonFields fields, int attempt) {
        return new Provenance(
                fields.text("build"),
                fields.text("metrics"),
                fields.text("sandbox_tier"),
                fields.text("ffmpeg"),
                fields.text("python"),
                fields.text("numpy"),
                fields.text("worker"),
                fields.optionalText("device").orElse(Provenance.CPU),
                attempt);
    }
}
