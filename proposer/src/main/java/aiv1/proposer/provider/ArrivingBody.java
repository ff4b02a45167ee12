package aiv1.proposer.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The body of a response while it arrives, read by one thread.
///
/// A read ends with an [HttpTimeoutException] at the deadline, with an [InterruptedIOException]
/// when the thread is interrupted (its flag stays set), and with another [IOException] when the
/// connection broke or one line is too long: who parses lines keeps a whole one in memory. The
/// sender is held back to what is read: one batch of buffers is asked for at a time.
final class ArrivingBody extends InputStream implements Flow.Subscriber<List<ByteBuffer>> {
    /// In bytes. A whole reply in one line, with each UTF-16 unit escaped, fits.
    static final int LINE_LENGTH_MAX = 16 << 20;

    private final Deadline deadline;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;
    private boolean ended;
    private int lineLength;

    private sealed interface Part {
        record Bytes(List<ByteBuffer> buffers) implements Part {}

        record End() implements Part {}

        record Broken(String why) implements Part {}
    }

    ArrivingBody(Deadline deadline) {
        this.deadline = deadline;
    }

    @Override
    public void onSubscribe(Flow.Subscription arriving) {
        subscription = arriving;
        if (closed) {
            arriving.cancel();
        } else {
            arriving.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        parts.add(new Part.Bytes(item));
    }

    @Override
    public void onError(Throwable thrown) {
        parts.add(new Part.Broken(thrown.getClass().getSimpleName()));
    }

    @Override
    public void onComplete() {
        parts.add(new Part.End());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer buffer = fill();
        if (buffer == null) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(target, offset, count);
        for (int i = offset; i < offset + count; i++) {
            lineLength = target[i] == '\n' ? 0 : lineLength + 1;
        }
        if (lineLength > LINE_LENGTH_MAX) {
            close();
            throw new IOException(
                    "expected lines of at most %d bytes, got a longer one"
                            .formatted(LINE_LENGTH_MAX));
        }
        return count;
    }

    /// The buffer to read from, or null at the end.
    private @Nullable ByteBuffer fill() throws IOException {
        while (true) {
            ByteBuffer first = buffers.peek();
            if (first != null && first.hasRemaining()) {
                return first;
            }
            if (first != null) {
                buffers.remove();
                continue;
            }
            if (ended) {
                return null;
            }
            switch (next()) {
                case Part.Bytes bytes -> {
                    buffers.addAll(bytes.buffers());
                    Flow.Subscription arriving = subscription;
                    if (arriving != null) {
                        arriving.request(1);
                    }
                }
                case Part.End() -> ended = true;
                case Part.Broken broken -> {
                    close();
                    throw new IOException("the connection broke: " + broken.why());
                }
            }
        }
    }

    private Part next() throws IOException {
        try {
            long left = deadline.nanosLeft();
            Part part = left > 0 ? parts.poll(left, TimeUnit.NANOSECONDS) : null;
            if (part != null) {
                return part;
            }
            close();
            throw new HttpTimeoutException("not over in " + deadline.whole());
        } catch (InterruptedException interrupted) {
            close();
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("interrupted");
            stopped.initCause(interrupted);
            throw stopped;
        }
    }

    /// Lets go of the connection, whether or not all was read.
    @Override
    public void close() {
        closed = true;
        Flow.Subscription arriving = subscription;
        if (arriving != null) {
            arriving.cancel();
        }
    }
}
