package aiv1.worker.http;

import aiv1.domain.experiment.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// The latest events of one experiment, for any number of readers who come and go. Thread-safe.
///
/// It keeps so many and no more: a reader who is too slow misses the oldest.
final class EventLog implements Progress {
    static final int KEPT_COUNT_MAX = 512;

    private final Deque<Numbered> kept = new ArrayDeque<>();
    private long count;
    private boolean isClosed;

    /// An event with its number in the experiment, from 1.
    record Numbered(long number, Event event) {}

    @Override
    public synchronized void report(Event event) {
        count++;
        kept.addLast(new Numbered(count, event));
        if (kept.size() > KEPT_COUNT_MAX) {
            kept.removeFirst();
        }
        notifyAll();
    }

    /// No more will come.
    synchronized void close() {
        isClosed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return isClosed;
    }

    synchronized Optional<Event> latest() {
        return Optional.ofNullable(kept.peekLast()).map(Numbered::event);
    }

    /// The first event after `number` that is kept; waits for one. Empty when none came in time, or
    /// none will come.
    synchronized Optional<Numbered> after(long number, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (count <= number && !isClosed) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
        return kept.stream().filter(event -> event.number() > number).findFirst();
    }
}
