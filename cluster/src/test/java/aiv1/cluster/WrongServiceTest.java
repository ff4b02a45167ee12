package aiv1.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requirements 8 and 14: what listens where a worker should, and is none, is told as such,
/// whatever it speaks; and nobody makes this side do or hold more than it should.
@Timeout(120)
class WrongServiceTest {
    /// What a server says before it was asked, or answers to anything.
    @FunctionalInterface
    private interface Speech {
        void speak(OutputStream out) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2p1\r\n",
                "-ERR unknown command\r\n",
                "\u0015\u0003\u0001\u0000\u0002\u0002\u0016 an alert of TLS, in plain\r\n",
                "220 mail.example ESMTP\r\n"
            })
    void what_speaks_no_http_is_no_worker(String banner) throws IOException {
        WorkerTroubleException trouble =
                trouble(out -> out.write(banner.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(trouble.trouble()).isEqualTo(Trouble.NOT_A_WORKER);
        assertThat(trouble).hasMessageContaining("this is no AiV1 worker, what it says is no HTTP");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 405, 409, 500, 502, 507})
    void what_answers_health_as_no_worker_does_is_none(int status) throws IOException {
        WorkerTroubleException trouble =
                trouble(out -> write(out, "HTTP/1.1 %d No\r\n".formatted(status), "<html>no"));
        assertThat(trouble.trouble()).isEqualTo(Trouble.NOT_A_WORKER);
        assertThat(trouble).hasMessageContaining("<html>no");
    }

    /// Else whoever answers here could have this machine ask another one, token and all.
    @Test
    void nobody_is_followed_elsewhere() throws IOException {
        try (StubWorker elsewhere =
                new StubWorker(Results.crashed(Results.experiment("one"), Optional.empty()))) {
            WorkerTroubleException trouble =
                    trouble(
                            out ->
                                    write(
                                            out,
                                            "HTTP/1.1 302 Found\r\nLocation: %s/health\r\n"
                                                    .formatted(elsewhere.place()),
                                            "over there"));
            assertThat(trouble.trouble()).isEqualTo(Trouble.NOT_A_WORKER);
            assertThat(elsewhere.requests).isEmpty();
        }
    }

    @Test
    void an_answer_that_ends_too_early_is_a_broken_connection() throws IOException {
        WorkerTroubleException trouble =
                trouble(
                        out ->
                                out.write(
                                        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"
                                                .getBytes(StandardCharsets.US_ASCII)));
        assertThat(trouble.trouble()).isEqualTo(Trouble.CUT);
        assertThat(trouble).hasMessageContaining("it ended before the answer did");
    }

    /// So much is held of a document and no more, whatever is sent.
    @Test
    void an_answer_without_end_is_given_up() throws IOException {
        byte[] spaces = new byte[1 << 16];
        Arrays.fill(spaces, (byte) ' ');
        WorkerTroubleException trouble =
                trouble(
                        out -> {
                            out.write(
                                    "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                            while (true) {
                                out.write(spaces);
                            }
                        });
        assertThat(trouble.trouble()).isEqualTo(Trouble.NOT_A_WORKER);
        assertThat(trouble).hasMessageContaining("expected at most 16777216 bytes, got more");
    }

    private static void write(OutputStream out, String head, String body) throws IOException {
        String answer =
                "%sContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                        .formatted(head, body.length(), body);
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    /// The one thing that stands against a server that answers so.
    private static WorkerTroubleException trouble(Speech speech) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(server, speech));
            URI place = URI.create("http://127.0.0.1:" + server.getLocalPort());
            try (Workers workers =
                    new Workers(
                            List.of(new WorkerSource.Url(place)),
                            WorkerAccess.NONE,
                            StubWorker.DEMAND,
                            WorkersListener.NONE)) {
                List<WorkerTroubleException> troubles = workers.preflight();
                assertThat(troubles).hasSize(1);
                assertThat(troubles.getFirst())
                        .hasMessageStartingWith("worker " + place + ": ")
                        .hasMessageEndingWith(troubles.getFirst().trouble().advice());
                return troubles.getFirst();
            }
        }
    }

    private static void serve(ServerSocket server, Speech speech) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                // The first connection only tries whether anybody listens.
                if (in.read(new byte[4096]) > 0) {
                    speech.speak(socket.getOutputStream());
                    socket.shutdownOutput();
                    in.transferTo(OutputStream.nullOutputStream());
                }
            } catch (IOException over) {
                continue;
            }
        }
    }
}
