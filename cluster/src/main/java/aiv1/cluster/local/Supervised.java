package aiv1.cluster.local;

import aiv1.cluster.local.LocalCluster.LineListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A process that is started again whenever it ends, until somebody stops that. Thread-safe.
final class Supervised {
    /// One that cannot start is not tried for ever.
    private static final int START_COUNT_MAX = 1000;

    private static final long PAUSE_MILLIS = 500;

    private final String name;
    private final List<String> command;
    private final LineListener listener;
    private final Consumer<String> results;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Child child;

    /// `results` hears the lines of its standard output too.
    Supervised(String name, List<String> command, LineListener listener, Consumer<String> results) {
        this.name = name;
        this.command = List.copyOf(command);
        this.listener = listener;
        this.results = results;
    }

    void start() {
        Child first = next();
        Thread.ofPlatform().daemon().name(name).start(() -> watch(first));
    }

    synchronized Optional<Long> processId() {
        return child != null && child.isAlive() ? Optional.of(child.processId()) : Optional.empty();
    }

    /// It is not started again from now on.
    synchronized void stop() {
        stopped.countDown();
        if (child != null) {
            child.askToEnd();
        }
    }

    void end(Duration patience) {
        Child last;
        synchronized (this) {
            last = child;
        }
        if (last != null) {
            last.end(patience);
        }
    }

    private synchronized Child next() {
        Child started =
                Child.start(
                        command,
                        new Child.Lines(
                                line -> {
                                    results.accept(line);
                                    listener.line(name, true, line);
                                },
                                line -> listener.line(name, false, line)));
        child = started;
        return started;
    }

    private void watch(Child first) {
        Child current = first;
        try {
            for (int i = 1; i < START_COUNT_MAX; i++) {
                int status = current.awaitEnd();
                if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
                synchronized (this) {
                    if (stopped.getCount() == 0) {
                        return;
                    }
                    listener.line(name, false, "ended with status " + status + ": started again");
                    current = next();
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
