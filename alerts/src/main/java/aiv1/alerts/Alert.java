package aiv1.alerts;

import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.wire.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One thing that somebody should know; `text` is plain text in one line, for people. The id is the
/// same however often it is sent.
public record Alert(
        UUID id,
        AlertKind kind,
        Instant at,
        CampaignId campaign,
        Optional<ExperimentId> experiment,
        String text) {
    private static final String SCHEMA = "alert/1";
    private static final int TEXT_LENGTH_MAX = 500;

    public Alert {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        text = line.length() <= TEXT_LENGTH_MAX ? line : line.substring(0, TEXT_LENGTH_MAX) + "...";
    }

    /// The body that is sent. Chat services show `text` and pass over the rest.
    public String json() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("schema", SCHEMA);
        document.put("alert_id", id.toString());
        document.put("kind", kind.label());
        document.put("at", at.toString());
        document.put("campaign_id", campaign.value());
        document.put("experiment_id", experiment.map(ExperimentId::value).orElse(null));
        document.put("text", text);
        return Json.line(document);
    }
}
