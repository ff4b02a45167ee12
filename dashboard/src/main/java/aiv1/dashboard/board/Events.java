package aiv1.dashboard.board;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The latest events, for any number of browsers that come, go and come back. Thread-safe.
///
/// It keeps [#KEPT_COUNT_MAX]; a browser that asks for older ones is told so and reads everything
/// anew. So is one that asks for what an earlier server said: numbers begin behind all that a
/// server which was started earlier can have given.
public final class Events {
    static final int KEPT_COUNT_MAX = 4096;

    private static final int NUMBERS_A_MILLISECOND = 50;

    private final Deque<Event> kept = new ArrayDeque<>();
    private long last;
    private boolean isClosed;

    /// Of a server that is started at `start`.
    Events(Instant start) {
        last = start.toEpochMilli() * NUMBERS_A_MILLISECOND;
    }

    synchronized void add(String name, JsonNode data) {
        last++;
        kept.addLast(new Event(last, name, data));
        if (kept.size() > KEPT_COUNT_MAX) {
            kept.removeFirst();
        }
        notifyAll();
    }

    /// The number of the last event; before the first, one that no browser was told.
    public synchronized long last() {
        return last;
    }

    /// Whether what came after `number` is still known.
    public synchronized boolean reaches(long number) {
        return number <= last && number >= (kept.isEmpty() ? last : kept.getFirst().number() - 1);
    }

    /// The events after `number`; waits for one, and gives none when none came in time.
    public synchronized List<Event> after(long number, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (last <= number && !isClosed) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return List.of();
            }
            wait(left);
        }
        return kept.stream().filter(event -> event.number() > number).toList();
    }

    /// Ends all waiting.
    public synchronized void close() {
        isClosed = true;
        notifyAll();
    }

    public synchronized boolean isClosed() {
        return isClosed;
    }
}
