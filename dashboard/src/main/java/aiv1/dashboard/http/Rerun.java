package aiv1.dashboard.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Two measurements of one candidate beside each other: whether bytes, decibels and pictures are
/// the same, which they are for a codec and a lab that depend on nothing else.
final class Rerun {
    private static final List<String> COMPARED =
            List.of(
                    "outcome",
                    "stream_bytes",
                    "psnr_y_db",
                    "psnr_u_db",
                    "psnr_v_db",
                    "ssim_y",
                    "bitstream_sha256",
                    "reconstruction_sha256");

    private Rerun() {}

    /// `first` and `again` are recorded documents; the second is empty until there is a result.
    static ObjectNode compare(String firstId, JsonNode first, Optional<JsonNode> again) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("of", firstId);
        if (again.isEmpty()) {
            answer.putNull("equal");
            answer.put("reason", "it has no result yet");
            answer.putArray("differences");
            return answer;
        }
        List<String> differences = differences(first, again.get());
        answer.put("equal", differences.isEmpty());
        answer.putNull("reason");
        differences.forEach(answer.putArray("differences")::add);
        return answer;
    }

    private static List<String> differences(JsonNode first, JsonNode again) {
        List<String> differences = new ArrayList<>();
        compare("the experiment", "outcome", first, again, differences);
        compare("the decoder", "decoder_bytes", first, again, differences);
        int count = Math.max(first.path("runs").size(), again.path("runs").size());
        for (int i = 0; i < count; i++) {
            JsonNode one = first.path("runs").path(i);
            String run =
                    "%s at quality %d"
                            .formatted(
                                    one.path("clip").asString("a run"),
                                    one.path("quality").intValue(0));
            for (String field : COMPARED) {
                compare(run, field, one, again.path("runs").path(i), differences);
            }
        }
        return differences;
    }

    private static void compare(
            String what, String field, JsonNode first, JsonNode again, List<String> differences) {
        JsonNode before = first.path(field);
        JsonNode now = again.path(field);
        if (!before.equals(now)) {
            differences.add(
                    "%s: %s was %s, is %s"
                            .formatted(what, field, before.asString("none"), now.asString("none")));
        }
    }
}
