package aiv1.store.aws;

import aiv1.store.StoreException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/// Calls to one store in AWS: bounded by the client that they are made with, deaf to interrupts,
/// and each failure told as what it means to whoever runs the lab.
///
/// A cancelled experiment is recorded by an interrupted thread, and the SDK gives up under an
/// interrupt; so the interrupt is put aside and is back when a call returns. What is called may be
/// called twice.
public final class AwsCalls {
    private static final int ABORTED_COUNT_MAX = 5;

    /// The SDK repeats a call whose connection broke, but not when it broke before the body was
    /// sent.
    private static final int BROKEN_COUNT_MAX = 6;

    private static final Duration BROKEN_PAUSE = Duration.ofMillis(50);

    private final String where;
    private volatile boolean isClosed;

    /// `where` names the store in messages.
    public AwsCalls(String where) {
        this.where = where;
    }

    public String where() {
        return where;
    }

    /// Further calls are refused.
    public void close() {
        isClosed = true;
    }

    /// Throws [StoreException] for whatever the SDK throws; `action` is the permission that the
    /// call needs, such as `dynamodb:Query`.
    public <T> T call(String action, Supplier<T> call) {
        return uninterrupted(
                () -> {
                    try {
                        return tryCall(call);
                    } catch (SdkException refused) {
                        throw AwsFaults.explain(where, action, refused);
                    }
                });
    }

    /// Like `call`, but what the service refused comes as the SDK has it.
    public <T> T tryCall(Supplier<T> call) {
        if (isClosed) {
            throw new StoreException(where, "an open store", "one that was closed");
        }
        return uninterrupted(() -> repeatAborted(call));
    }

    private static <T> T repeatAborted(Supplier<T> call) {
        boolean isInterrupted = false;
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return call.get();
                } catch (AbortedException stopped) {
                    if (!Thread.interrupted() || attempt == ABORTED_COUNT_MAX) {
                        throw stopped;
                    }
                    isInterrupted = true;
                } catch (UncheckedIOException broken) {
                    if (attempt >= BROKEN_COUNT_MAX) {
                        throw SdkClientException.create("the connection broke", broken);
                    }
                    LockSupport.parkNanos(BROKEN_PAUSE.toNanos() << attempt);
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Does `work` with the interrupt put aside.
    public static <T> T uninterrupted(Supplier<T> work) {
        boolean isInterrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
