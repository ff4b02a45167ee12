package aiv1.campaign;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A request to end a campaign after the experiment that is running. Thread-safe; once made it
/// stays.
public final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final Object waitLock = new Object();
    private Optional<Thread> waiting = Optional.empty();

    public void request() {
        requested.countDown();
        synchronized (waitLock) {
            waiting.ifPresent(Thread::interrupt);
        }
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /// Waits for `delay`, or less if a stop is requested; whether the campaign may go on.
    boolean pause(Duration delay) {
        try {
            return !requested.await(delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Does what may take long and can be given up: a request interrupts it. The interrupt does not
    /// outlive it.
    <T> T giveUpOnRequest(Supplier<T> work) {
        synchronized (waitLock) {
            if (isRequested()) {
                Thread.currentThread().interrupt();
            }
            waiting = Optional.of(Thread.currentThread());
        }
        try {
            return work.get();
        } finally {
            synchronized (waitLock) {
                waiting = Optional.empty();
                if (isRequested()) {
                    Thread.interrupted();
                }
            }
        }
    }
}
