package aiv1.store.aws;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Many small waits side by side: what takes one round trip each takes few for all.
public final class Parallel {
    private static final int SIDE_BY_SIDE_MAX = 32;

    private Parallel() {}

    /// The values in the order of `items`. Throws what the first of them that failed threw.
    public static <A, B> List<B> map(List<A> items, Function<A, B> work) {
        return map(items, SIDE_BY_SIDE_MAX, work);
    }

    /// Likewise, with no more than `sideBySideMax` at one time.
    public static <A, B> List<B> map(List<A> items, int sideBySideMax, Function<A, B> work) {
        if (items.size() <= 1) {
            return items.stream().map(work).toList();
        }
        Semaphore free = new Semaphore(sideBySideMax);
        return AwsCalls.uninterrupted(
                () -> {
                    List<Future<B>> results;
                    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                        results =
                                items.stream()
                                        .map(
                                                item ->
                                                        threads.submit(
                                                                () -> limited(free, item, work)))
                                        .toList();
                    }
                    return results.stream().map(Parallel::value).toList();
                });
    }

    private static <A, B> B limited(Semaphore free, A item, Function<A, B> work) {
        free.acquireUninterruptibly();
        try {
            return work.apply(item);
        } finally {
            free.release();
        }
    }

    private static <B> B value(Future<B> result) {
        if (result.state() == Future.State.FAILED
                && result.exceptionNow() instanceof RuntimeException thrown) {
            throw thrown;
        }
        return result.resultNow();
    }
}
