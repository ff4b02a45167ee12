package aiv1.campaign;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A request to end a campaign after the experiment that is running. Thread-safe; once made it
/// stays.
public final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);

    public void request() {
        requested.countDown();
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
}
