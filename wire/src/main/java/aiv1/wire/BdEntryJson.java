package aiv1.wire;

import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.RateKind;
import aiv1.domain.rd.BdRate;
import tools.jackson.databind.node.ObjectNode;

/// A BD-rate as JSON: `percent` with its `overlap`, or `percent: null` with its `reason`.
///
/// `doubtful` is derived and not read back.
final class BdEntryJson {
    private BdEntryJson() {}

    static ObjectNode write(String where, BdEntry entry) {
        ObjectNode object = Json.object();
        object.put("clip", entry.clip());
        object.put("anchor", entry.anchor());
        object.put("metric", entry.metric());
        object.put("rate", entry.rate().label());
        switch (entry.bdRate()) {
            case BdRate.Percent rate -> {
                Json.putFinite(object, where, "percent", rate.percent());
                Json.putFinite(object, where, "overlap", rate.overlap());
                Json.putFinite(object, where, "akima_percent", rate.akimaPercent());
                object.put("doubtful", rate.isDoubtful());
            }
            case BdRate.Absent absent -> {
                object.putNull("percent");
                object.put("reason", absent.reason());
            }
        }
        return object;
    }

    static BdEntry read(JsonFields fields) {
        return new BdEntry(
                fields.text("clip"),
                fields.text("anchor"),
                fields.text("metric"),
                fields.oneOf("rate", RateKind.values(), RateKind::label),
                readRate(fields));
    }

    private static BdRate readRate(JsonFields fields) {
        if (fields.isAbsent("percent")) {
            return new BdRate.Absent(fields.text("reason"));
        }
        return new BdRate.Percent(
                fields.number("percent"), fields.number("akima_percent"), fields.number("overlap"));
    }
}
