package aiv1.alerts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Notices when nothing was measured for a while, once for each silence. Thread-safe.
public final class Silence implements AutoCloseable {
    private static final int LOOKS_PER_LIMIT = 10;

    private final Duration limit;
    private final InstantSource clock;
    private final Consumer<Duration> alarm;
    private final Thread watch = Thread.ofVirtual().name("silence").unstarted(this::watch);
    private Instant since;
    private boolean isTold;

    /// `alarm` hears how long the silence is by then; `limit` is > 0.
    public Silence(Duration limit, InstantSource clock, Consumer<Duration> alarm) {
        this.limit = limit;
        this.clock = clock;
        this.alarm = alarm;
        this.since = clock.instant();
    }

    /// Looks again and again, until it is closed.
    public void start() {
        watch.start();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(limit.dividedBy(LOOKS_PER_LIMIT));
                look();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Something was measured now.
    public synchronized void end() {
        since = clock.instant();
        isTold = false;
    }

    void look() {
        Duration silence;
        synchronized (this) {
            silence = Duration.between(since, clock.instant());
            if (isTold || silence.compareTo(limit) < 0) {
                return;
            }
            isTold = true;
        }
        alarm.accept(silence);
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
