package aiv1.dashboard.board;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/// The mean over all clips of one kind of BD-rate against one anchor, in percent, or the reason why
/// there is none; `overlap` is the least of the clips', 0 to 1.
public record Mean(OptionalDouble percent, Optional<String> reason, OptionalDouble overlap) {
    static Mean of(JsonNode document, String anchor, String rate, int clipCount) {
        double sum = 0;
        double overlap = 1;
        int count = 0;
        for (JsonNode entry : document.path("bd_rate")) {
            if (!entry.path("anchor").asString().equals(anchor)
                    || !entry.path("rate").asString().equals(rate)) {
                continue;
            }
            if (entry.path("percent").isNull()) {
                return absent(
                        entry.path("clip").asString() + ": " + entry.path("reason").asString());
            }
            sum += entry.path("percent").doubleValue();
            overlap = Math.min(overlap, entry.path("overlap").doubleValue());
            count++;
        }
        if (count == 0 || count != clipCount) {
            return absent("not measured against " + anchor + " on each clip");
        }
        return new Mean(
                OptionalDouble.of(sum / count), Optional.empty(), OptionalDouble.of(overlap));
    }

    static Mean absent(String reason) {
        return new Mean(
                OptionalDouble.empty(), Optional.of(reason.intern()), OptionalDouble.empty());
    }

    /// The same for each anchor of a document.
    static List<String> anchors(JsonNode document) {
        return document.path("anchors").valueStream().map(JsonNode::asString).toList();
    }
}
