package aiv1.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What nobody who means well would send: each is refused in its own words, the worker goes on, and
/// its log stays a document a line.
@Timeout(120)
class HostileRequestsTest extends ServedWorker {
    private static final String ORDER =
            "POST /experiment HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + TOKEN + "\r\n";

    @Override
    Duration silenceTimeMax() {
        return Duration.ofSeconds(2);
    }

    /// Nobody holds a request, and with it the transfer of a clip, for that.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5000\r\n\r\nhalf",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nha"
            })
    void who_falls_silent_is_hung_up_on(String beginning) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write((ORDER + beginning).getBytes(StandardCharsets.US_ASCII));
            String end = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(end).matches("(?s)|HTTP/1.1 400 .*");
        }
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 4\r\nContent-Length: 40\r\n\r\nabcd",
                "Content-Length: -4\r\n\r\nabcd",
                "Content-Length: 4x\r\n\r\nabcd",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
                "Content-Length: 5000\r\n\r\nhalf of it",
                "X-Request-Id: a\u001b[31m\r\n\r\n",
                "Content-Length: 4\r\n\r\n\"\u00ff\u00fe\"",
            })
    void what_is_no_request_is_refused(String rest) throws Exception {
        assertThat(said(ORDER + rest)).startsWith("HTTP/1.1 400 ");
        assertThat(get("/health").statusCode()).isEqualTo(200);
        awaitLogged("\"path\":\"/health\"");
        assertThat(log.toString(StandardCharsets.UTF_8).lines())
                .isNotEmpty()
                .allMatch(line -> Json.parse(line, "line").has("event"))
                .noneMatch(line -> line.contains(TOKEN));
        assertThat(evaluated).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/experiments/..%2f..%2fetc%2fpasswd",
                "/experiments/%2e%2e",
                "/experiments/%00",
                "/experiments/e1%0a%1b[31m",
                "/artifacts/..%2f..%2fetc%2fpasswd",
                "/clips/../../../etc/passwd",
                "//etc/passwd",
            })
    void a_path_leads_nowhere_else(String path) throws Exception {
        String answer =
                said(
                        "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
                                .formatted(path, TOKEN));
        assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*").doesNotContain("root:");
    }

    @Test
    void a_document_without_bottom_is_refused() throws Exception {
        HttpResponse<String> refused = post("/experiment", "[".repeat(1_000_000));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("nesting depth");
    }

    @Test
    void a_body_without_end_is_refused() throws Exception {
        HttpResponse<String> refused = post("/experiment", " ".repeat(Requests.BODY_BYTES_MAX + 1));
        assertThat(refused.statusCode()).isEqualTo(413);
    }

    @Test
    void an_id_is_no_path() throws Exception {
        for (String id :
                List.of("../../etc/passwd", ".hidden", "a/b", "a b", "", "a".repeat(101))) {
            assertThat(post("/experiment", PLAIN.formatted(id)).statusCode()).as(id).isEqualTo(400);
        }
        // The earlier system's own ids are none of these.
        assertThat(post("/experiment?wait=60", PLAIN.formatted("exp_1760805973")).statusCode())
                .isEqualTo(200);
    }

    /// What it is stays here, under the id that the answer names.
    @Test
    void a_fault_of_the_worker_is_logged_and_not_told() throws Exception {
        isFaulty = true;
        HttpResponse<String> faulty = post("/experiment?wait=60", PLAIN.formatted("exp-1"));
        assertThat(faulty.statusCode()).isEqualTo(500);
        assertThat(faulty.body())
                .contains("the worker's own fault")
                .doesNotContain("scripted fault", "aiv1.worker");
        String id = faulty.headers().firstValue("x-request-id").orElseThrow();
        assertThat(faulty.body()).contains(id);
        awaitLogged("\"status\":500");
        List<JsonNode> lines =
                log.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> Json.parse(line, "line"))
                        .filter(line -> line.path("request_id").asString("").equals(id))
                        .toList();
        assertThat(lines.stream().map(line -> line.path("event").asString()))
                .containsExactly("fault", "answered");
        assertThat(lines.getFirst().toString()).contains("scripted fault", "ServedWorker.evaluate");
        assertThat(lines.getLast().path("status").asInt()).isEqualTo(500);
    }

    /// A line is written when its answer is on the way.
    private void awaitLogged(String text) {
        while (!log.toString(StandardCharsets.UTF_8).contains(text)) {
            Thread.onSpinWait();
        }
    }

    /// The whole of an answer to these bytes, after which nothing more is sent.
    private String said(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
