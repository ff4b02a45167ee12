package aiv1.cli.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A line to a worker that breaks: so many connections are cut when so many bytes went to the
/// worker; all others pass whole.
final class CuttingRelay implements AutoCloseable {
    private static final String FETCH = "GET /artifacts/";

    private final ServerSocket listening;
    private volatile URI worker;
    private final long bytesMax;
    private final AtomicInteger cutsLeft;
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicLong uploaded = new AtomicLong();
    private final AtomicReference<Optional<Runnable>> onFetch =
            new AtomicReference<>(Optional.empty());

    CuttingRelay(String worker, long bytesMax, int cutCount) throws IOException {
        this.worker = URI.create(worker);
        this.bytesMax = bytesMax;
        this.cutsLeft = new AtomicInteger(cutCount);
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /// Does this once, before the first request for an artifact passes.
    void onFirstFetch(Runnable action) {
        onFetch.set(Optional.of(action));
    }

    /// From now on the worker is elsewhere.
    void moveTo(String place) {
        worker = URI.create(place);
    }

    String place() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    int cutCount() {
        return cuts.get();
    }

    /// All that went to the worker, requests and bodies.
    long uploadedBytes() {
        return uploaded.get();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket there = new Socket(worker.getHost(), worker.getPort());
            Thread.ofVirtual().start(() -> pump(client, there, true));
            Thread.ofVirtual().start(() -> pump(there, client, false));
        } catch (IOException nobody) {
            close(client);
        }
    }

    private void pump(Socket from, Socket to, boolean isUpload) {
        long passed = 0;
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count = in.read(buffer);
            while (count >= 0) {
                if (isUpload && new String(buffer, 0, count, ISO_8859_1).startsWith(FETCH)) {
                    onFetch.getAndSet(Optional.empty()).ifPresent(Runnable::run);
                }
                out.write(buffer, 0, count);
                passed += count;
                if (isUpload) {
                    uploaded.addAndGet(count);
                    if (passed > bytesMax && cutsLeft.getAndDecrement() > 0) {
                        cuts.incrementAndGet();
                        from.close();
                        to.close();
                        return;
                    }
                }
                count = in.read(buffer);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
