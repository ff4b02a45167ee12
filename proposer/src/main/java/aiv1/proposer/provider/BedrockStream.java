package aiv1.proposer.provider;

import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/// The events of one call, brought from the SDK's threads to the one that waits for them.
final class BedrockStream implements AutoCloseable {
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> call;
    private final Deadline deadline;

    private sealed interface Part {
        record Event(ConverseStreamOutput event) implements Part {}

        record End(Optional<Throwable> thrown) implements Part {}
    }

    BedrockStream(
            Function<ConverseStreamResponseHandler, CompletableFuture<Void>> start,
            Deadline deadline) {
        this.deadline = deadline;
        this.call =
                start.apply(
                        ConverseStreamResponseHandler.builder()
                                .subscriber(event -> parts.add(new Part.Event(event)))
                                .build());
        CompletableFuture<Void> _ =
                call.whenComplete(
                        (_, thrown) -> parts.add(new Part.End(Optional.ofNullable(thrown))));
    }

    /// The next event; absent at the end. What the call failed with is thrown as it came.
    Optional<ConverseStreamOutput> next() throws Exception {
        return switch (take()) {
            case Part.Event(ConverseStreamOutput event) -> Optional.of(event);
            case Part.End(Optional<Throwable> thrown) when thrown.isEmpty() -> Optional.empty();
            case Part.End(Optional<Throwable> thrown) -> throw exception(thrown.get());
        };
    }

    /// An error of the machine, such as memory that ran out, is none of the call's.
    private static Exception exception(Throwable thrown) {
        return switch (thrown) {
            case Error error -> throw error;
            case Exception exception -> exception;
            default -> new IllegalStateException(thrown);
        };
    }

    private Part take() throws HttpTimeoutException, InterruptedIOException {
        try {
            long left = deadline.nanosLeft();
            Part part = left > 0 ? parts.poll(left, TimeUnit.NANOSECONDS) : null;
            if (part == null) {
                throw new HttpTimeoutException("not over in " + deadline.whole());
            }
            return part;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("interrupted");
            stopped.initCause(interrupted);
            throw stopped;
        }
    }

    /// Hangs up, whether or not all was read.
    @Override
    public void close() {
        call.cancel(true);
    }
}
