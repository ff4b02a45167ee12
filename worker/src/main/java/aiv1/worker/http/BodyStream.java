package aiv1.worker.http;

import io.helidon.webserver.http.ServerRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.time.Duration;

/// A request's body: whatever the sender does wrong while it comes (breaks off, falls silent, sends
/// chunks that are none) is an [IOException], for which the library has exceptions of many kinds.
///
/// The library waits for a silent sender for ever; so somebody watches the thread that reads, and
/// interrupts it, which ends the connection too. Only while it reads: the monitor sees to that.
final class BodyStream extends FilterInputStream {
    private static final int LOOKS = 4;

    private final Duration silenceTimeMax;
    private final Thread reader = Thread.currentThread();
    private final Thread watch;
    private final Object monitor = new Object();
    private boolean isReading;
    private boolean isHungUp;
    private long readingSinceNanos;

    /// For the thread that makes it. Who says nothing for `silenceTimeMax` is gone.
    BodyStream(ServerRequest request, Duration silenceTimeMax) {
        super(request.content().inputStream());
        this.silenceTimeMax = silenceTimeMax;
        this.watch = Thread.ofVirtual().name("silence").start(this::watch);
    }

    /// One call to the library.
    @FunctionalInterface
    private interface Reading {
        int read() throws IOException;
    }

    @Override
    public int read() throws IOException {
        return watched(super::read);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return watched(() -> super.read(buffer, offset, length));
    }

    /// What is left of it is read to its end, or as far as it goes: that ends the connection.
    @Override
    public void close() throws IOException {
        try {
            watched(
                    () -> {
                        super.close();
                        return 0;
                    });
        } finally {
            watch.interrupt();
        }
    }

    private int watched(Reading reading) throws IOException {
        synchronized (monitor) {
            if (isHungUp) {
                throw new IOException("it fell silent");
            }
            isReading = true;
            readingSinceNanos = System.nanoTime();
        }
        try {
            return reading.read();
        } catch (RuntimeException sender) {
            throw new IOException("it broke off: " + sender.getClass().getSimpleName(), sender);
        } finally {
            synchronized (monitor) {
                isReading = false;
                if (isHungUp) {
                    // It was meant for the reading, which is over.
                    Thread.interrupted();
                }
            }
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(silenceTimeMax.dividedBy(LOOKS));
                synchronized (monitor) {
                    long silentNanos = System.nanoTime() - readingSinceNanos;
                    if (isReading && silentNanos > silenceTimeMax.toNanos()) {
                        isHungUp = true;
                        reader.interrupt();
                        return;
                    }
                }
            }
        } catch (InterruptedException over) {
            return;
        }
    }
}
