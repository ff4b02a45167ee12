package aiv1.cluster.temporal;

import aiv1.domain.experiment.Progress;
import aiv1.wire.ClusterPulseJson;
import java.util.ArrayList;
import java.util.List;

/// The latest events of an experiment, as its signs of life carry them: those of runs that ended,
/// the last few, and where it is now. Thread-safe.
final class Pulse implements Progress {
    /// So many fit into a sign of life whatever is in them.
    private static final int KEPT_COUNT_MAX = 8;

    private final String worker;
    private final List<Event> kept = new ArrayList<>();
    private long count;

    Pulse(String worker) {
        this.worker = worker;
    }

    @Override
    public synchronized void report(Event event) {
        // Where it was before is of no interest any more.
        if (!kept.isEmpty() && !(kept.getLast() instanceof Event.RunEnded)) {
            kept.removeLast();
        }
        kept.add(event);
        count++;
        if (kept.size() > KEPT_COUNT_MAX) {
            kept.removeFirst();
        }
    }

    /// The sign of life as text.
    synchronized String text() {
        String text = new ClusterPulseJson(worker, count, kept).write();
        return text.length() <= ClusterPulseJson.LENGTH_MAX
                ? text
                : new ClusterPulseJson(worker, count, List.of()).write();
    }
}
