package aiv1.dashboard.http;

import aiv1.domain.campaign.LedgerView;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.ExperimentId;
import aiv1.wire.ClipJson;
import aiv1.wire.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What is read off a recorded document: nothing is computed but means.
final class Curves {
    private Curves() {}

    static JsonNode document(LedgerView view, String id) {
        return view.findResultRow(new ExperimentId(id))
                .map(row -> Json.parse(row.document(), "result " + id))
                .orElseThrow(
                        () -> Problem.notFound("experiment " + id + ": no result in this home"));
    }

    /// The mean BD-rates of an experiment against each of its anchors.
    static List<ObjectNode> byAnchor(LedgerView view, String id) {
        JsonNode document = document(view, id);
        List<ObjectNode> all = new ArrayList<>();
        for (JsonNode anchor : document.path("anchors")) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.put("anchor", anchor.asString());
            for (String rate : new String[] {"total", "stream"}) {
                object.set(rate, mean(document, anchor.asString(), rate));
            }
            all.add(object);
        }
        return all;
    }

    private static ObjectNode mean(JsonNode document, String anchor, String rate) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        double sum = 0;
        int count = 0;
        for (JsonNode entry : document.path("bd_rate")) {
            if (entry.path("anchor").asString().equals(anchor)
                    && entry.path("rate").asString().equals(rate)) {
                if (entry.path("percent").isNull()) {
                    object.putNull("percent");
                    object.put(
                            "reason",
                            entry.path("clip").asString() + ": " + entry.path("reason").asString());
                    return object;
                }
                sum += entry.path("percent").doubleValue();
                count++;
            }
        }
        if (count == 0) {
            object.putNull("percent");
            object.put("reason", "not measured");
        } else {
            object.put("percent", sum / count);
            object.putNull("reason");
        }
        return object;
    }

    /// The rate points of one clip; `metric` is one of `psnr-yuv`, `psnr-y`, `ssim-y`. `extraBytes`
    /// are added to each stream: the clip's share of the decoder, or none.
    static ObjectNode ofExperiment(
            JsonNode document, String name, Clip clip, String metric, double extraBytes) {
        ObjectNode curve = JsonNodeFactory.instance.objectNode();
        curve.put("name", name);
        curve.put("kind", "experiment");
        curve.put("experiment_id", document.path("experiment_id").asString());
        ArrayNode points = curve.putArray("points");
        for (JsonNode run : document.path("runs")) {
            JsonNode quality = run.path(field(metric));
            if (run.path("clip").asString().equals(clip.name()) && quality.isNumber()) {
                ObjectNode point = points.addObject();
                point.put(
                        "bitrate_kbps",
                        clip.bitrateKbps(run.path("stream_bytes").longValue() + extraBytes));
                point.put("quality", quality.doubleValue());
                point.put("parameter", run.path("quality").intValue());
            }
        }
        return curve;
    }

    /// The clips of an experiment.
    static List<Clip> clips(JsonNode document) {
        return document.path("clips").valueStream().map(ClipJson::read).toList();
    }

    static String field(String metric) {
        return switch (metric) {
            case "psnr-yuv" -> "psnr_yuv_db";
            case "psnr-y" -> "psnr_y_db";
            case "ssim-y" -> "ssim_y";
            default ->
                    throw Problem.badRequest(
                            "metric: expected psnr-yuv, psnr-y or ssim-y, got '%s'"
                                    .formatted(metric));
        };
    }
}
