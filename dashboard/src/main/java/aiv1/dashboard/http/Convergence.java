package aiv1.dashboard.http;

import aiv1.dashboard.board.Entry;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How a campaign's best came down, as of a version of the board: its latest experiments, and
/// before them those that were the best when they came, for a chart cannot show more. `points` is
/// shared and never changed; `leftOut` counts the others.
record Convergence(String version, ArrayNode points, int leftOut) {
    private static final int POINT_COUNT_MAX = 500;

    /// `recorded` in the order of recording; what `isFlagged` has no score.
    static Convergence of(String version, List<Entry> recorded, Predicate<String> isFlagged) {
        ArrayNode points = JsonNodeFactory.instance.arrayNode();
        OptionalDouble best = OptionalDouble.empty();
        int at = 0;
        for (Entry entry : recorded) {
            boolean isShown = at >= recorded.size() - POINT_COUNT_MAX;
            OptionalDouble score = entry.score();
            boolean isBest =
                    score.isPresent()
                            && (best.isEmpty() || score.getAsDouble() < best.getAsDouble());
            if ((isBest || isShown) && isFlagged.test(entry.id())) {
                score = OptionalDouble.empty();
                isBest = false;
            }
            if (isBest) {
                best = score;
            }
            if (isBest || isShown) {
                point(points.addObject(), entry, score, best);
            }
            at++;
        }
        return new Convergence(version, points, recorded.size() - points.size());
    }

    private static void point(
            ObjectNode point, Entry entry, OptionalDouble score, OptionalDouble best) {
        point.put("experiment_id", entry.id());
        entry.index()
                .ifPresentOrElse(index -> point.put("index", index), () -> point.putNull("index"));
        point.put("finished_at", entry.finishedAt().toString());
        point.put("outcome", entry.outcome());
        CampaignRoutes.put(point, "percent", score);
        CampaignRoutes.put(point, "best_percent", best);
    }
}
