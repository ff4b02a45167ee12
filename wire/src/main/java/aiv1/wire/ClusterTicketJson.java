package aiv1.wire;

import aiv1.domain.ArtifactId;
import aiv1.domain.experiment.ExperimentId;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// What a cluster's engine is given of an experiment, as JSON, schema `cluster-ticket/1`: so little
/// that it fits anywhere. The order itself ([ClusterOrderJson]) is the artifact `order`. `queue` is
/// where workers that may carry it out look for work.
public record ClusterTicketJson(ExperimentId experiment, ArtifactId order, String queue) {
    public static final String SCHEMA = "cluster-ticket/1";

    /// Characters of a ticket or report at most.
    public static final int LENGTH_MAX = 16_384;

    private static final Pattern QUEUE = Pattern.compile("[a-zA-Z0-9.+-]{1,200}");

    public ClusterTicketJson {
        if (!QUEUE.matcher(queue).matches()) {
            throw new IllegalArgumentException(
                    "queue: expected letters, digits, dots, plus and dashes, got another text");
        }
    }

    public String write() {
        ObjectNode object = Json.object();
        object.put("schema", SCHEMA);
        object.put("experiment_id", experiment.value());
        object.put("order", order.sha256());
        object.put("queue", queue);
        return Json.line(object);
    }

    /// Throws [JsonFormatException] for anything that is wrong in it.
    public static ClusterTicketJson read(String text) {
        JsonFields fields = JsonFields.of(Json.parse(text, "ticket", LENGTH_MAX), "ticket");
        fields.require("schema", SCHEMA);
        ExperimentId experiment = fields.value("experiment_id", ExperimentId::new);
        ArtifactId order = fields.value("order", ArtifactId::new);
        String queue = fields.text("queue");
        return fields.build(() -> new ClusterTicketJson(experiment, order, queue));
    }
}
