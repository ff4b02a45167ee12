package aiv1.dashboard.http;

import aiv1.dashboard.board.Board;
import aiv1.dashboard.board.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;

/// How one campaign has gone so far, followed result by result, so that asking costs the same after
/// ten experiments and after many thousands. Thread-safe.
final class Course {
    private final Board board;
    private final String campaign;
    private Convergence convergence;
    private int markCount = -1;
    private int seenCount;
    private long spentMillis;
    private Optional<Instant> latestEnd = Optional.empty();

    /// As of one moment. `spent` is what its experiments took together; `latestEnd` is absent
    /// before the first.
    record Seen(
            ArrayNode points,
            int leftOut,
            int count,
            Duration spent,
            Optional<Instant> latestEnd) {}

    Course(Board board, String campaign) {
        this.board = board;
        this.campaign = campaign;
        this.convergence = new Convergence(board::isFlagged);
    }

    synchronized Seen look() {
        int marks = board.markCount();
        if (marks != markCount) {
            // A flag takes a score away from a result that was added before.
            convergence = new Convergence(board::isFlagged);
            seenCount = 0;
            spentMillis = 0;
            latestEnd = Optional.empty();
            markCount = marks;
        }
        List<Entry> more = board.entries(campaign, seenCount);
        convergence.add(more);
        for (Entry entry : more) {
            spentMillis += Duration.between(entry.startedAt(), entry.finishedAt()).toMillis();
            latestEnd = Optional.of(entry.finishedAt());
        }
        seenCount += more.size();
        return new Seen(
                convergence.points(),
                convergence.leftOut(),
                seenCount,
                Duration.ofMillis(spentMillis),
                latestEnd);
    }
}
