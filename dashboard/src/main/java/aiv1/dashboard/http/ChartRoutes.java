package aiv1.dashboard.http;

import aiv1.dashboard.AnchorCurves;
import aiv1.dashboard.DashboardParts;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.ExperimentId;
import aiv1.wire.ClipJson;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Rate-distortion curves, anchors and clips.
final class ChartRoutes {
    private final DashboardParts parts;

    ChartRoutes(DashboardParts parts) {
        this.parts = parts;
    }

    void rd(ServerRequest request, ServerResponse response) {
        Query query = new Query(request);
        List<JsonNode> documents =
                query.values("experiment", ExperimentId::new).stream()
                        .map(id -> Curves.document(parts.view(), id.value()))
                        .toList();
        if (documents.isEmpty()) {
            throw Problem.badRequest("experiment: expected at least one, got none");
        }
        String metric = query.text("metric").orElse("psnr-yuv");
        String rate = query.text("rate").orElse("total");
        if (!rate.equals("total") && !rate.equals("stream")) {
            throw Problem.badRequest("rate: expected total or stream, got '%s'".formatted(rate));
        }
        List<Clip> clips = Curves.clips(documents.getFirst());
        String name = query.text("clip").orElse(clips.getFirst().name());
        Clip clip = named(clips, name);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("clip", name);
        answer.put("metric", metric);
        answer.put("rate", rate);
        ArrayNode names = answer.putArray("clips");
        clips.forEach(one -> names.add(one.name()));
        ArrayNode curves = answer.putArray("curves");
        ArrayNode bd = answer.putArray("bd");
        Set<String> anchors = new HashSet<>();
        for (JsonNode document : documents) {
            Optional<Clip> same =
                    Curves.clips(document).stream()
                            .filter(one -> one.id().equals(clip.id()))
                            .findFirst();
            if (same.isEmpty()) {
                continue;
            }
            double share =
                    rate.equals("total")
                            ? document.path("decoder_bytes").doubleValue(0)
                                    / document.path("clips").size()
                            : 0;
            String id = document.path("experiment_id").asString();
            curves.add(Curves.ofExperiment(document, id, same.get(), metric, share));
            document.path("anchors").forEach(anchor -> anchors.add(anchor.asString()));
            bdRows(bd, document, rate);
        }
        anchors.stream()
                .sorted()
                .forEach(anchor -> anchorCurve(anchor, clip, metric).ifPresent(curves::add));
        Answers.json(request, response, answer);
    }

    private static Clip named(List<Clip> clips, String name) {
        return clips.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                Problem.badRequest(
                                        "clip: expected one of %s, got '%s'"
                                                .formatted(
                                                        clips.stream().map(Clip::name).toList(),
                                                        name)));
    }

    static void bdRows(ArrayNode rows, JsonNode document, String rate) {
        for (JsonNode entry : document.path("bd_rate")) {
            if (entry.path("rate").asString().equals(rate)) {
                ObjectNode row = rows.addObject();
                row.put("experiment_id", document.path("experiment_id").asString());
                row.set("clip", entry.path("clip"));
                row.set("anchor", entry.path("anchor"));
                row.set("percent", entry.path("percent"));
                row.put(
                        "overlap",
                        entry.path("overlap").isNumber()
                                ? entry.path("overlap").doubleValue()
                                : null);
                row.put(
                        "reason",
                        entry.path("reason").isString() ? entry.path("reason").asString() : null);
            }
        }
    }

    private Optional<ObjectNode> anchorCurve(String anchor, Clip clip, String metric) {
        String field = Curves.field(metric);
        return parts.anchors()
                .find(anchor, clip)
                .map(
                        points -> {
                            ObjectNode curve = JsonNodeFactory.instance.objectNode();
                            curve.put("name", anchor);
                            curve.put("kind", "anchor");
                            curve.putNull("experiment_id");
                            ArrayNode array = curve.putArray("points");
                            for (AnchorCurves.Point point : points) {
                                ObjectNode one = array.addObject();
                                one.put("bitrate_kbps", point.bitrateKbps());
                                one.put(
                                        "quality",
                                        switch (field) {
                                            case "psnr_y_db" -> point.psnrY();
                                            case "ssim_y" -> point.ssimY();
                                            default -> point.psnrYuv();
                                        });
                                one.put("parameter", point.setting());
                            }
                            return curve;
                        });
    }

    void anchors(ServerRequest request, ServerResponse response) {
        Optional<String> wanted = new Query(request).text("clip");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode array = answer.putArray("anchors");
        Set<String> seen = new HashSet<>();
        for (Campaign campaign : parts.ledger().campaigns()) {
            for (Clip clip : campaign.clips()) {
                for (String anchor : campaign.anchors()) {
                    if (wanted.filter(name -> !name.equals(clip.name())).isEmpty()
                            && seen.add(anchor + " " + clip.id())) {
                        anchorCurve(anchor, clip, "psnr-yuv")
                                .ifPresent(
                                        curve -> {
                                            curve.put("clip", clip.name());
                                            curve.put("clip_id", clip.id().sha256());
                                            array.add(curve);
                                        });
                    }
                }
            }
        }
        Answers.json(request, response, answer);
    }

    void clips(ServerRequest request, ServerResponse response) {
        Map<String, Clip> clips = new LinkedHashMap<>();
        parts.ledger()
                .campaigns()
                .forEach(
                        campaign ->
                                campaign.clips()
                                        .forEach(clip -> clips.put(clip.id().sha256(), clip)));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode array = answer.putArray("clips");
        clips.values().forEach(clip -> array.add(ClipJson.write(clip)));
        Answers.json(request, response, answer);
    }
}
