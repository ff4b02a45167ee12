package aiv1.wire;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An answered question to a model as JSON, schema `model-call/1`.
public final class ModelCallJson {
    public static final String SCHEMA = "model-call/1";

    private ModelCallJson() {}

    public static ObjectNode write(ModelCall call) {
        ObjectNode object = Json.object();
        object.put("schema", SCHEMA);
        object.put("campaign_id", call.campaign().value());
        object.put("experiment_id", call.experiment().value());
        object.put("attempt", call.attempt());
        object.put("provider", call.provider());
        object.put("model", call.model());
        object.put("mode", call.mode());
        object.put("template", call.template());
        object.put("prompt_sha256", call.prompt().sha256());
        object.put("reply_sha256", call.reply().sha256());
        object.put("stop_reason", call.stop().label());
        object.put("input_tokens", call.tokens().input());
        object.put("cache_read_tokens", call.tokens().cacheRead());
        object.put("cache_write_tokens", call.tokens().cacheWrite());
        object.put("output_tokens", call.tokens().output());
        call.costUsd()
                .ifPresentOrElse(
                        cost -> object.put("cost_usd", cost), () -> object.putNull("cost_usd"));
        object.put("latency_seconds", Seconds.of(call.latency()));
        Json.put(object, "refusal", call.refusal());
        object.put("asked_at", call.askedAt().toString());
        return object;
    }

    public static ModelCall read(JsonNode document) {
        JsonFields unnamed = JsonFields.of(document, "model call");
        unnamed.require("schema", SCHEMA);
        ExperimentId experiment = unnamed.value("experiment_id", ExperimentId::new);
        JsonFields fields = unnamed.named("model call for " + experiment);
        CampaignId campaign = fields.value("campaign_id", CampaignId::new);
        int attempt = fields.integer("attempt");
        String provider = fields.text("provider");
        String model = fields.text("model");
        String mode = fields.text("mode");
        String template = fields.text("template");
        ArtifactId prompt = fields.value("prompt_sha256", ArtifactId::new);
        ArtifactId reply = fields.value("reply_sha256", ArtifactId::new);
        StopReason stop = fields.oneOf("stop_reason", StopReason.values(), StopReason::label);
        TokenUsage tokens =
                fields.build(
                        () ->
                                new TokenUsage(
                                        fields.wholeNumber("input_tokens"),
                                        fields.wholeNumber("cache_read_tokens"),
                                        fields.wholeNumber("cache_write_tokens"),
                                        fields.wholeNumber("output_tokens")));
        OptionalDouble cost =
                fields.isAbsent("cost_usd")
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(fields.number("cost_usd"));
        Duration latency = fields.seconds("latency_seconds");
        Optional<String> refusal = fields.optionalText("refusal");
        Instant askedAt = fields.instant("asked_at");
        return new ModelCall(
                campaign,
                experiment,
                attempt,
                provider,
                model,
                mode,
                template,
                prompt,
                reply,
                stop,
                tokens,
                cost,
                latency,
                refusal,
                askedAt);
    }
}
