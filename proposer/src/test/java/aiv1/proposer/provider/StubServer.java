package aiv1.proposer.provider;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A server on the loopback address that gives one answer to each connection, byte by byte as it is
/// told: broken answers are what it is for.
final class StubServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Answer answer;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);

    /// What came: header names in lower case.
    record Request(String method, String path, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /// Writes an answer; the connection is closed after it.
    @FunctionalInterface
    interface Answer {
        void write(Request request, Socket connection) throws IOException;
    }

    StubServer(Answer answer) throws IOException {
        this.answer = answer;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    List<Request> requests() {
        return requests;
    }

    void awaitRequest() throws InterruptedException {
        if (!asked.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("no request came");
        }
    }

    /// Waits until a client has hung up on an answer that stalls.
    void awaitHangUp() throws InterruptedException {
        if (!left.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the client did not hang up");
        }
    }

    static Answer whole(int status, String type, Map<String, String> headers, byte[] body) {
        return (_, connection) -> {
            StringBuilder head = head(status, type);
            headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
            head.append("content-length: " + body.length + "\r\n\r\n");
            write(connection, head.toString().getBytes(StandardCharsets.ISO_8859_1));
            write(connection, body);
        };
    }

    static Answer stream(String type, byte[]... parts) {
        return (request, connection) -> {
            cut(type, parts).write(request, connection);
            write(connection, "0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        };
    }

    /// A stream without its end.
    static Answer cut(String type, byte[]... parts) {
        return (_, connection) -> {
            String head = head(200, type).append("transfer-encoding: chunked\r\n\r\n").toString();
            write(connection, head.getBytes(StandardCharsets.ISO_8859_1));
            for (byte[] part : parts) {
                String length = Integer.toHexString(part.length) + "\r\n";
                ByteArrayOutputStream chunk = new ByteArrayOutputStream();
                chunk.writeBytes(length.getBytes(StandardCharsets.ISO_8859_1));
                chunk.writeBytes(part);
                chunk.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
                write(connection, chunk.toByteArray());
            }
        };
    }

    /// Says nothing at all until the client leaves.
    static Answer silent() {
        return (_, connection) -> awaitLeaving(connection);
    }

    /// A stream that says no more, until the client leaves.
    static Answer stall(String type, byte[]... parts) {
        return (request, connection) -> {
            cut(type, parts).write(request, connection);
            awaitLeaving(connection);
        };
    }

    private static void awaitLeaving(Socket connection) throws IOException {
        while (connection.getInputStream().read() >= 0) {
            // what a client still says is of no interest
        }
    }

    private static StringBuilder head(int status, String type) {
        return new StringBuilder(
                "HTTP/1.1 %d Something\r\ncontent-type: %s\r\nconnection: close\r\n"
                        .formatted(status, type));
    }

    private static void write(Socket connection, byte[] bytes) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listening.accept();
                open.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            Request request = read(new BufferedInputStream(connection.getInputStream()));
            requests.add(request);
            asked.countDown();
            answer.write(request, connection);
        } catch (IOException gone) {
            // the client left, which is what some tests are about
        } finally {
            open.remove(connection);
            left.countDown();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String[] first = line(in).split(" ", -1);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(first[0], first[1], headers, in.readNBytes(length));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                throw new IOException("the client left");
            }
            line.write(one);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}
