package aiv1.dashboard.http;

import aiv1.dashboard.board.Board;
import aiv1.domain.campaign.Mark;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What was done by whom.
record AuditRoutes(Board board) {
    /// `GET /api/audit`: who did what, latest first.
    void audit(ServerRequest request, ServerResponse response) {
        Query query = new Query(request);
        String target = query.text("target").orElse("");
        String campaign = query.text("campaign").orElse("");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode entries = answer.putArray("entries");
        board
                .marks(
                        mark ->
                                (target.isEmpty() || mark.target().equals(target))
                                        && isOf(mark, campaign))
                .reversed()
                .stream()
                .limit(1000)
                .forEach(
                        mark -> {
                            ObjectNode entry = entries.addObject();
                            entry.put("at", mark.at().toString());
                            entry.put("action", mark.action());
                            entry.put("target", mark.target());
                            entry.put("by", mark.by());
                            entry.put("text", mark.text());
                            entry.put("result", "done");
                        });
        Answers.json(request, response, answer);
    }

    /// Whether it is about a campaign, or one of its experiments.
    private static boolean isOf(Mark mark, String campaign) {
        return campaign.isEmpty()
                || mark.target().equals(campaign)
                || mark.target().startsWith(campaign + ".");
    }
}
