package aiv1.dashboard.http;

import aiv1.dashboard.Controls;
import aiv1.dashboard.DashboardParts;
import aiv1.dashboard.ModelBudget;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.experiment.CampaignId;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a campaign has asked of language models, and what that cost.
final class ModelRoutes {
    private static final double MILLIS_PER_SECOND = 1000;

    private final DashboardParts parts;
    private final CampaignRoutes campaigns;

    ModelRoutes(DashboardParts parts, CampaignRoutes campaigns) {
        this.parts = parts;
        this.campaigns = campaigns;
    }

    /// `GET /api/campaigns/{id}/models`
    void models(ServerRequest request, ServerResponse response) {
        CampaignId id = new Query(request).path("id", CampaignId::new);
        campaigns.find(id);
        List<ModelCall> calls = parts.ledger().modelCalls(id);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        budget(answer.putObject("budget"), id);
        spent(answer.putObject("spent"), calls);
        ArrayNode models = answer.putArray("models");
        Map<List<String>, List<ModelCall>> byModel =
                calls.stream()
                        .collect(
                                Collectors.groupingBy(
                                        call -> List.of(call.provider(), call.model()),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        byModel.values().forEach(of -> model(models.addObject(), of));
        Answers.json(request, response, answer);
    }

    private void budget(ObjectNode object, CampaignId id) {
        boolean isHere = parts.controls().state(id) != Controls.State.ELSEWHERE;
        ModelBudget budget = isHere ? parts.budget() : ModelBudget.NONE;
        CampaignRoutes.put(object, "usd", budget.usd());
        budget.tokens()
                .ifPresentOrElse(
                        tokens -> object.put("tokens", tokens), () -> object.putNull("tokens"));
        object.put(
                "reason",
                isHere ? "no limit was set" : "only the program that runs the campaign knows");
    }

    private static void spent(ObjectNode object, List<ModelCall> calls) {
        object.put("questions", calls.size());
        object.put("refused", calls.stream().filter(call -> call.refusal().isPresent()).count());
        object.put("tokens", calls.stream().mapToLong(call -> call.tokens().total()).sum());
        CampaignRoutes.put(object, "usd", usd(calls));
        object.put("unpriced", unpricedCount(calls));
    }

    private static void model(ObjectNode object, List<ModelCall> calls) {
        object.put("provider", calls.getFirst().provider());
        object.put("model", calls.getFirst().model());
        spent(object, calls);
        object.put("input_tokens", calls.stream().mapToLong(call -> call.tokens().input()).sum());
        object.put(
                "cache_read_tokens",
                calls.stream().mapToLong(call -> call.tokens().cacheRead()).sum());
        object.put(
                "cache_write_tokens",
                calls.stream().mapToLong(call -> call.tokens().cacheWrite()).sum());
        object.put("output_tokens", calls.stream().mapToLong(call -> call.tokens().output()).sum());
        object.put(
                "seconds",
                calls.stream()
                                .map(ModelCall::latency)
                                .reduce(Duration.ZERO, Duration::plus)
                                .toMillis()
                        / MILLIS_PER_SECOND);
    }

    /// Of the questions whose price is known; absent when none is.
    private static OptionalDouble usd(List<ModelCall> calls) {
        return calls.size() == unpricedCount(calls)
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        calls.stream().mapToDouble(call -> call.costUsd().orElse(0)).sum());
    }

    private static long unpricedCount(List<ModelCall> calls) {
        return calls.stream().filter(call -> call.costUsd().isEmpty()).count();
    }
}
