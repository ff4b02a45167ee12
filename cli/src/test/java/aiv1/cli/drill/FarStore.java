package aiv1.cli.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// One of the far stores: a server that speaks the real protocol, as a process that keeps what it
/// has on the disk, and the line to it.
record FarStore(Kind kind, int port, DrillChild process, FaultyLink line) implements AutoCloseable {
    private static final int CONNECT_MILLIS_MAX = 500;
    private static final int START_SECONDS_MAX = 60;

    /// What is kept there, and how it says no.
    enum Kind {
        LEDGER(
                "application/x-amz-json-1.0",
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"by the drill\"}",
                "400 Bad Request",
                "ThrottlingException",
                "InternalServerError"),
        ARTIFACTS(
                "application/xml",
                "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>by the drill</Message></Error>",
                "503 Slow Down",
                "SlowDown",
                "InternalError");

        private final String type;
        private final String body;
        private final String throttlingStatus;
        private final String throttlingCode;
        private final String errorCode;

        Kind(
                String type,
                String body,
                String throttlingStatus,
                String throttlingCode,
                String errorCode) {
            this.type = type;
            this.body = body;
            this.throttlingStatus = throttlingStatus;
            this.throttlingCode = throttlingCode;
            this.errorCode = errorCode;
        }

        /// There were too many requests.
        String throttling() {
            return answer(throttlingStatus, throttlingCode);
        }

        /// The service is broken.
        String breakdown() {
            return answer("500 Internal Server Error", errorCode);
        }

        private String answer(String status, String code) {
            String text = body.formatted(code);
            return "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                    .formatted(status, type, text.length(), text);
        }
    }

    static FarStore ledger(Path folder) {
        int port = freePort();
        return started(
                Kind.LEDGER,
                port,
                DrillChild.command("ledger", Integer.toString(port), made(folder).toString()));
    }

    static FarStore artifacts(Path folder) throws IOException {
        int port = freePort();
        Path settings =
                Files.writeString(
                        made(folder).resolveSibling("s3proxy.properties"),
                        """
                        s3proxy.endpoint=http://127.0.0.1:%d
                        s3proxy.authorization=aws-v2-or-v4
                        s3proxy.identity=local
                        s3proxy.credential=local-secret
                        s3proxy.ignore-unknown-headers=true
                        jclouds.provider=filesystem-nio2
                        jclouds.identity=local
                        jclouds.credential=local-secret
                        jclouds.filesystem.basedir=%s
                        """
                                .formatted(port, folder));
        return started(Kind.ARTIFACTS, port, DrillChild.command("artifacts", settings.toString()));
    }

    private static FarStore started(Kind kind, int port, List<String> command) {
        DrillChild process = DrillChild.start(command, Map.of(), line -> {}, status -> {});
        FarStore store = new FarStore(kind, port, process, new FaultyLink(port));
        store.awaitAnswer();
        return store;
    }

    /// By way of the line when `isByLine`, else past it.
    String url(boolean isByLine) {
        int at = isByLine ? line.port() : port;
        return switch (kind) {
            case LEDGER -> "dynamodb://drill?region=eu-central-1&endpoint=http://127.0.0.1:" + at;
            case ARTIFACTS -> "s3://drill/lab?region=eu-central-1&endpoint=http://127.0.0.1:" + at;
        };
    }

    /// Until somebody listens.
    void awaitAnswer() {
        long deadline = System.nanoTime() + START_SECONDS_MAX * 1_000_000_000L;
        while (System.nanoTime() < deadline) {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        CONNECT_MILLIS_MAX);
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(50_000_000);
            }
        }
        throw new AssertionError(kind + ": expected it to listen at " + port);
    }

    @Override
    public void close() {
        line.close();
        process.close();
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
