package aiv1.store;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Waits for a store that is away or has too much to do, at most so long, and tells when that
/// begins and ends. What else is wrong is not waited for. Thread-safe.
///
/// An interrupt ends the waiting: the fault then stands.
public final class Patience {
    private static final Duration PAUSE_MAX = Duration.ofSeconds(10);

    private final Duration most;
    private final Duration pause;
    private final Consumer<String> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private int waiting;

    /// `pause` is the first one; they grow.
    public Patience(Duration most, Duration pause, Consumer<String> listener) {
        this.most = most;
        this.pause = pause;
        this.listener = listener;
    }

    /// Does `work`, which may be done more than once.
    <T> T with(Supplier<T> work) {
        Duration waited = Duration.ZERO;
        Duration next = pause;
        boolean isTold = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (StoreException away) {
                    if (!away.isPassing() || waited.compareTo(most) >= 0) {
                        throw away;
                    }
                    if (!isTold) {
                        began(away);
                        isTold = true;
                    }
                    sleep(next, away);
                    waited = waited.plus(next);
                    next = longer(next);
                }
            }
        } finally {
            if (isTold) {
                ended();
            }
        }
    }

    private static Duration longer(Duration last) {
        Duration twice = last.multipliedBy(2);
        return twice.compareTo(PAUSE_MAX) < 0 ? twice : PAUSE_MAX;
    }

    private static void sleep(Duration time, StoreException away) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw away;
        }
    }

    /// Told once, however many wait.
    private void began(StoreException away) {
        lock.lock();
        try {
            if (waiting++ == 0) {
                listener.accept("waiting for a store: " + away.getMessage());
            }
        } finally {
            lock.unlock();
        }
    }

    private void ended() {
        lock.lock();
        try {
            if (--waiting == 0) {
                listener.accept("not waiting for a store any more");
            }
        } finally {
            lock.unlock();
        }
    }
}
