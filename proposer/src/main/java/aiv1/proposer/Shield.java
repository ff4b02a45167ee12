package aiv1.proposer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/// Work that an interrupt must not touch: recording what was paid for. An interrupt closes the file
/// that is being written, so the work goes to a thread that nobody interrupts.
final class Shield {
    private Shield() {}

    /// Does `work` to its end; an interrupt that came meanwhile is there afterwards.
    static <T> T over(Supplier<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                done.complete(work.get());
                            } catch (Throwable failure) {
                                done.completeExceptionally(failure);
                            }
                        });
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return done.get();
                } catch (InterruptedException later) {
                    isInterrupted = true;
                } catch (ExecutionException failure) {
                    if (failure.getCause() instanceof RuntimeException cause) {
                        throw cause;
                    }
                    throw new CompletionException(failure);
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
