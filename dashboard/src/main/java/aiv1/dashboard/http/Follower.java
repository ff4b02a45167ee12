package aiv1.dashboard.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks again and again for what is new while the page is served.
///
/// A ledger that cannot be read now may be readable again: the next look tells.
final class Follower implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final int LOOKS_BETWEEN_OTHERS = 25;

    private final CountDownLatch closed = new CountDownLatch(1);

    private Follower() {}

    /// `first` is done once, so that nobody who asks first has to wait for it; then `look` often
    /// and `rare` now and then.
    static Follower start(List<Runnable> first, Runnable look, Runnable rare) {
        Follower follower = new Follower();
        Thread.ofPlatform()
                .name("page-follower")
                .daemon()
                .start(() -> follower.follow(first, look, rare));
        return follower;
    }

    private void follow(List<Runnable> first, Runnable look, Runnable rare) {
        first.forEach(Follower::attempt);
        try {
            for (long looks = 1;
                    !closed.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                    looks++) {
                attempt(look);
                if (looks % LOOKS_BETWEEN_OTHERS == 0) {
                    attempt(rare);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void attempt(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException unreadable) {
            System.err.println("aiv1: page: " + unreadable.getMessage());
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
