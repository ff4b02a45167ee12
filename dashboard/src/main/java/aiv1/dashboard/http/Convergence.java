package aiv1.dashboard.http;

import aiv1.dashboard.board.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How a campaign's best came down: its latest experiments, and before them those that were the
/// best when they came, for a chart cannot show more. What is recorded later is added; only when
/// somebody flagged a result is it made anew. Guarded by whoever keeps it.
final class Convergence {
    private static final int POINT_COUNT_MAX = 500;

    private final Predicate<String> isFlagged;
    private final List<Point> earlierBests = new ArrayList<>();
    private final Deque<Point> latest = new ArrayDeque<>();
    private OptionalDouble best = OptionalDouble.empty();
    private int leftOut;

    /// Its JSON is made when it is first shown: most of very many never are.
    private static final class Point {
        private final Entry entry;
        private final OptionalDouble score;
        private final OptionalDouble best;
        private final boolean isBest;
        private Optional<ObjectNode> json = Optional.empty();

        Point(Entry entry, OptionalDouble score, OptionalDouble best, boolean isBest) {
            this.entry = entry;
            this.score = score;
            this.best = best;
            this.isBest = isBest;
        }

        ObjectNode json() {
            if (json.isEmpty()) {
                json = Optional.of(made());
            }
            return json.get();
        }

        private ObjectNode made() {
            ObjectNode point = JsonNodeFactory.instance.objectNode();
            point.put("experiment_id", entry.id());
            entry.index()
                    .ifPresentOrElse(
                            index -> point.put("index", index), () -> point.putNull("index"));
            point.put("finished_at", entry.finishedAt().toString());
            point.put("outcome", entry.outcome());
            CampaignRoutes.put(point, "percent", score);
            CampaignRoutes.put(point, "best_percent", best);
            return point;
        }
    }

    /// What `isFlagged` has no score.
    Convergence(Predicate<String> isFlagged) {
        this.isFlagged = isFlagged;
    }

    /// `more` in the order of recording, behind all that were added before.
    void add(List<Entry> more) {
        for (Entry entry : more) {
            OptionalDouble score =
                    isFlagged.test(entry.id()) ? OptionalDouble.empty() : entry.score();
            boolean isBest =
                    score.isPresent()
                            && (best.isEmpty() || score.getAsDouble() < best.getAsDouble());
            if (isBest) {
                best = score;
            }
            if (latest.size() == POINT_COUNT_MAX) {
                Point eldest = latest.removeFirst();
                if (eldest.isBest) {
                    earlierBests.add(eldest);
                } else {
                    leftOut++;
                }
            }
            latest.addLast(new Point(entry, score, best, isBest));
        }
    }

    ArrayNode points() {
        ArrayNode points = JsonNodeFactory.instance.arrayNode();
        earlierBests.forEach(point -> points.add(point.json()));
        latest.forEach(point -> points.add(point.json()));
        return points;
    }

    /// How many there were that are no points.
    int leftOut() {
        return leftOut;
    }
}
