package aiv1.dashboard.http;

import aiv1.dashboard.DashboardParts;
import aiv1.dashboard.board.Board;
import aiv1.dashboard.board.Entry;
import aiv1.domain.campaign.FailureSurvey;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `GET /api/failures`: what failed lately, in classes.
final class FailureRoutes {
    private static final int LAST_USUAL = 50;
    private static final int LAST_MAX = 500;
    private static final int EXAMPLE_COUNT = 5;
    private static final int RESULT_COUNT_MAX = 2 * LAST_MAX;

    private final Board board;
    private final KeptAnswers kept;
    private final Latest<ExperimentResult> results;

    FailureRoutes(DashboardParts parts, Board board, KeptAnswers kept) {
        this.board = board;
        this.kept = kept;
        this.results =
                new Latest<>(
                        RESULT_COUNT_MAX,
                        id -> parts.ledger().find(new ExperimentId(id)).orElseThrow());
    }

    void failures(ServerRequest request, ServerResponse response) {
        Query query = new Query(request);
        int last = (int) query.number("last", LAST_USUAL, LAST_MAX);
        Optional<String> campaign = query.value("campaign", CampaignId::new).map(CampaignId::value);
        kept.json(request, response, () -> failures(last, campaign));
    }

    /// Makes ready what the first survey needs.
    void warm() {
        failures(LAST_USUAL, Optional.empty());
    }

    private ObjectNode failures(int last, Optional<String> campaign) {
        List<Entry> all = board.entries(campaign);
        FailureSurvey survey =
                FailureSurvey.of(
                        all.subList(Math.max(0, all.size() - last), all.size()).stream()
                                .map(entry -> results.find(entry.id()))
                                .toList());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("analysed", survey.experimentCount());
        answer.put("failed", survey.failedCount());
        survey.shared().forEach(answer.putArray("shared")::add);
        classes(answer.putArray("classes"), survey);
        ArrayNode clusters = answer.putArray("clusters");
        for (FailureSurvey.FailureClass group : survey.classes()) {
            ObjectNode cluster = clusters.addObject();
            cluster.put("signature", group.pattern());
            cluster.put("count", group.count());
            cluster.put("text", group.example().summary());
            group.shared().forEach(cluster.putArray("shared")::add);
            ArrayNode examples = cluster.putArray("examples");
            group.experiments().reversed().stream()
                    .limit(EXAMPLE_COUNT)
                    .forEach(id -> board.slim(id.value()).ifPresent(examples::add));
        }
        answer.put("conclusion", survey.conclusion().orElse(null));
        ArrayNode suspects = answer.putArray("suspects");
        survey.suspects()
                .forEach(
                        suspect ->
                                suspects.addObject()
                                        .put("suspect", suspect.kind().label())
                                        .put("text", suspect.text()));
        return answer;
    }

    private static void classes(ArrayNode array, FailureSurvey survey) {
        for (FailureSurvey.Frequency frequency : survey.frequencies()) {
            ObjectNode one = array.addObject();
            one.put("category", frequency.category().label());
            one.put("stage", frequency.stage().label());
            one.put("count", frequency.count());
        }
    }
}
