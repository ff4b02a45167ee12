package aiv1.cluster.temporal;

import aiv1.domain.experiment.FailureCategory;
import java.time.Duration;

/// Patience with a server that does not answer, for one ticket. Used by one thread.
final class ServerWait {
    private final Duration most;
    private final Duration step;
    private final ClusterListener listener;
    private Duration waited = Duration.ZERO;
    private boolean isAway;

    ServerWait(Duration most, Duration step, ClusterListener listener) {
        this.most = most;
        this.step = step;
        this.listener = listener;
    }

    void answered() {
        if (isAway) {
            listener.server("answers again");
        }
        isAway = false;
        waited = Duration.ZERO;
    }

    /// Waits a moment; throws when it took too long.
    void away(RuntimeException why) throws InterruptedException, TicketException {
        Throwable root = why;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (!isAway) {
            listener.server("does not answer: " + root.getMessage());
        }
        isAway = true;
        if (waited.compareTo(most) >= 0) {
            throw new TicketException(
                    FailureCategory.LAB_FAULT,
                    "the cluster's server did not answer for %d s: %s"
                            .formatted(waited.toSeconds(), root.getMessage()));
        }
        Thread.sleep(step);
        waited = waited.plus(step);
    }
}
