package aiv1.wire;

import aiv1.domain.ArtifactId;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.experiment.Experiment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An experiment that is asked of a cluster, as JSON, schema `cluster-order/1`: its order, and the
/// clips that were put among the artifacts for workers that do not have them, each as the artifacts
/// that its canonical file is made of, in order.
public record ClusterOrderJson(Experiment experiment, Map<ClipId, List<ArtifactId>> parcels) {
    public static final String SCHEMA = "cluster-order/1";

    /// Bytes of one at most.
    public static final int BYTES_MAX = 64 << 20;

    public ClusterOrderJson {
        parcels = Map.copyOf(parcels);
    }

    public byte[] write() {
        ObjectNode object = Json.object();
        object.put("schema", SCHEMA);
        object.set("order", ExperimentOrderJson.write(experiment));
        ArrayNode array = object.putArray("parcels");
        // In the order of clips, so that one order has one name.
        for (Clip clip : experiment.clips()) {
            if (parcels.containsKey(clip.id())) {
                ObjectNode parcel = array.addObject();
                parcel.put("clip_id", clip.id().sha256());
                parcel.set(
                        "artifacts",
                        Json.texts(
                                parcels.get(clip.id()).stream().map(ArtifactId::sha256).toList()));
            }
        }
        return Json.line(object).getBytes(StandardCharsets.UTF_8);
    }

    /// Throws [JsonFormatException] for anything that is wrong in it.
    public static ClusterOrderJson read(byte[] bytes) {
        JsonNode document =
                Json.parse(new String(bytes, StandardCharsets.UTF_8), "cluster order", BYTES_MAX);
        JsonFields fields = JsonFields.of(document, "cluster order");
        fields.require("schema", SCHEMA);
        Experiment experiment = ExperimentOrderJson.read(document.path("order"));
        Map<ClipId, List<ArtifactId>> parcels = new LinkedHashMap<>();
        for (JsonFields parcel : fields.objects("parcels")) {
            List<ArtifactId> artifacts = new ArrayList<>();
            for (String name : parcel.texts("artifacts")) {
                artifacts.add(parcel.build(() -> new ArtifactId(name)));
            }
            parcels.put(parcel.value("clip_id", ClipId::new), artifacts);
        }
        return new ClusterOrderJson(experiment, parcels);
    }
}
