package aiv1.wire;

import aiv1.domain.campaign.Campaign;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.LimitClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A campaign as JSON, schema `campaign/1`: everything that a search is.
///
/// `seed` is a whole number of 64 bits, so a reader that keeps numbers as doubles may round it.
public final class CampaignJson {
    public static final String SCHEMA = "campaign/1";

    private CampaignJson() {}

    public static ObjectNode write(Campaign campaign) {
        ObjectNode object = Json.object();
        object.put("schema", SCHEMA);
        object.put("campaign_id", campaign.id().value());
        object.put("goal", campaign.goal());
        object.put("seed", campaign.seed());
        object.put("experiment_count_max", campaign.experimentCountMax());
        object.put("proposer", campaign.proposer());
        object.set("clips", ClipJson.write(campaign.clips()));
        object.set("anchors", Json.texts(campaign.anchors()));
        object.put("limit_class", campaign.limitClass().label());
        object.put("parallel_experiments", campaign.parallelCount());
        object.put("delay_seconds", Seconds.of(campaign.delay()));
        object.put("started_at", campaign.startedAt().toString());
        return object;
    }

    public static Campaign read(JsonNode document) {
        JsonFields unnamed = JsonFields.of(document, "campaign");
        unnamed.require("schema", SCHEMA);
        CampaignId id = unnamed.value("campaign_id", CampaignId::new);
        JsonFields fields = unnamed.named("campaign " + id);
        String goal = fields.text("goal");
        long seed = fields.wholeNumber("seed");
        int experimentCountMax = fields.integer("experiment_count_max");
        String proposer = fields.text("proposer");
        List<Clip> clips = fields.objects("clips").stream().map(ClipJson::read).toList();
        List<String> anchors = fields.texts("anchors");
        LimitClass limitClass = fields.oneOf("limit_class", LimitClass.values(), LimitClass::label);
        int parallelCount = fields.optionalInteger("parallel_experiments").orElse(1);
        Duration delay = fields.seconds("delay_seconds");
        Instant startedAt = fields.instant("started_at");
        return fields.build(
                () ->
                        new Campaign(
                                id,
                                goal,
                                seed,
                                experimentCountMax,
                                proposer,
                                clips,
                                anchors,
                                limitClass,
                                parallelCount,
                                delay,
                                startedAt));
    }
}
