package aiv1.cli.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A line to a server on this machine that can be given faults. Connections that are open when a
/// fault begins or ends are broken off, as they would be.
final class FaultyLink implements AutoCloseable {
    private static final int CONNECT_MILLIS_MAX = 2000;

    private final ServerSocket listening;
    private final int serverPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = new Mode.Whole();

    /// What the line does just now.
    sealed interface Mode {
        /// Passes everything.
        record Whole() implements Mode {}

        /// Nobody gets through.
        record Cut() implements Mode {}

        /// Everything takes so much longer, in both directions.
        record Slow(Duration delay) implements Mode {}

        /// The server is never asked: this is the answer to everything, an HTTP message.
        record Refusing(String answer) implements Mode {}

        /// The server does what it is asked, and its answer is lost, so many times.
        record Forgetful(AtomicInteger left) implements Mode {}
    }

    FaultyLink(int serverPort) {
        this.serverPort = serverPort;
        try {
            listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void set(Mode next) {
        mode = next;
        if (!(next instanceof Mode.Slow)) {
            open.forEach(this::close);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
        open.forEach(this::close);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        switch (mode) {
            case Mode.Cut cut -> close(client);
            case Mode.Refusing refusing -> refuse(client, refusing.answer());
            case Mode.Whole whole -> connect(client);
            case Mode.Slow slow -> connect(client);
            case Mode.Forgetful forgetful -> connect(client);
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        open.add(server);
        try {
            server.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort),
                    CONNECT_MILLIS_MAX);
            Thread.ofVirtual().start(() -> pump(client, server, false));
            pump(server, client, true);
        } catch (IOException nobody) {
            close(server);
            close(client);
        }
    }

    private void pump(Socket from, Socket to, boolean isAnswer) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (mode instanceof Mode.Slow slow) {
                    Thread.sleep(slow.delay());
                }
                if (isAnswer
                        && mode instanceof Mode.Forgetful forgetful
                        && forgetful.left().getAndDecrement() > 0) {
                    break;
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException broken) {
            // What was broken off at one end is broken off at the other.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
        }
    }

    /// Reads one request to the end of its head, answers, and takes what still comes, so that the
    /// answer is not lost to a reset.
    private void refuse(Socket client, String answer) {
        try {
            InputStream in = client.getInputStream();
            int matched = 0;
            for (int next = in.read(); next >= 0 && matched < 4; next = in.read()) {
                matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
                if (matched == 4) {
                    break;
                }
            }
            client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();
            client.setSoTimeout(1000);
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // It did not wait for the answer.
        } finally {
            close(client);
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }
}
