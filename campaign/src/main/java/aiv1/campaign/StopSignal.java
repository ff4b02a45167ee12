package aiv1.campaign;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A request to end a campaign after the experiment that is running, which once made stays; or to
/// hold it there until it is released. Thread-safe.
public final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final Object waitLock = new Object();
    private Optional<Thread> waiting = Optional.empty();
    private final Object holdLock = new Object();
    private boolean isHeld;

    public void request() {
        requested.countDown();
        synchronized (holdLock) {
            holdLock.notifyAll();
        }
        synchronized (waitLock) {
            waiting.ifPresent(Thread::interrupt);
        }
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /// Nothing new begins from now on.
    public void hold() {
        synchronized (holdLock) {
            isHeld = true;
        }
    }

    public void release() {
        synchronized (holdLock) {
            isHeld = false;
            holdLock.notifyAll();
        }
    }

    public boolean isHeld() {
        synchronized (holdLock) {
            return isHeld && !isRequested();
        }
    }

    /// Waits while it is held and no stop is requested.
    void awaitRelease() {
        synchronized (holdLock) {
            try {
                while (isHeld()) {
                    holdLock.wait();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
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
