package aiv1.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.PageLab;
import aiv1.wire.Json;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the page does not answer, and to whom: each is said in words, as a document of its own
/// kind.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageRefusalTest {
    private static final int COUNT = 8;

    private final HttpClient client = HttpClient.newHttpClient();
    private PageLab lab;

    @BeforeAll
    void open(@TempDir Path home) {
        lab = new PageLab(home, COUNT);
    }

    @AfterAll
    void close() {
        client.close();
        lab.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/experiments?limit=501|400|limit: expected a whole number of 0 to 500, got '501'",
                "/api/experiments?limit=-1|400|limit: expected a whole number",
                "/api/experiments?cursor=nonsense|400|cursor: expected the 'next' of an answer",
                "/api/experiments?sort=best|400|sort: expected one of [newest",
                "/api/experiments?state=lost|400|state: expected one of [all",
                "/api/experiments/nobody|404|experiment nobody: not in this home",
                "/api/experiments/a%20b|400|id: experiment id: expected letters",
                "/api/campaigns/nobody|404|campaign nobody: not in this home",
                "/api/rd|400|experiment: expected at least one",
                "/api/rd?experiment=c-20260131-120000.0001&metric=taste|400|metric: expected psnr-yuv",
                "/api/rd?experiment=c-20260131-120000.0001&clip=gone|400|clip: expected one of [flower]",
                "/api/experiments/c-20260131-120000.0001/frames?quality=9|404|quality 9: no such run",
                "/api/experiments/c-20260131-120000.0001/artifacts/00|400|sha256: ",
                "/api/failures?last=501|400|last: expected a whole number of 0 to 500",
                "/api/nothing|404|nothing is at /api/nothing",
                "/web/../index.html|404|",
                "/web/vendor/none.js|404|no such file",
            })
    void what_cannot_be_answered_is_said_in_words(String path, int status, String text)
            throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(Json.parse(answer.body(), "answer").path("detail").asString())
                .contains(text == null ? "" : text);
    }

    /// Whoever reads pages is told on one, whatever the address; a program gets a document.
    @Test
    void an_address_of_nothing_leads_on() throws Exception {
        HttpResponse<String> page =
                send(request("/nothing").header("Accept", "text/html,application/xhtml+xml"));
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
        assertThat(
                        send(request("/api/nothing").header("Accept", "text/html"))
                                .headers()
                                .firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(get("/nothing").headers().firstValue("content-type"))
                .contains("application/problem+json");
    }

    /// A cursor of one order says nothing in another.
    @Test
    void a_cursor_of_another_order_is_refused() throws Exception {
        String cursor =
                Json.parse(get("/api/experiments?limit=2&sort=bd_total").body(), "experiments")
                        .path("next")
                        .asString();
        HttpResponse<String> answer = get("/api/experiments?sort=newest&cursor=" + cursor);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("expected one of the order newest");
    }

    /// A name of a stranger's that was made to point at this machine reads nothing.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8090",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.1@evil.example",
                "[::1].evil.example"
            })
    void another_host_name_is_refused(String host) throws Exception {
        String answer =
                spoken(
                        "GET /api/health HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                                .formatted(host));
        assertThat(answer).matches("(?s)HTTP/1.1 40[03] .*").doesNotContain("a home of a test");
    }

    /// Another site's page can make a browser ask, but is told nothing and has nothing made.
    @ParameterizedTest
    @CsvSource({
        "GET, /api/video/source/flower.mp4, no-cors, 403",
        "GET, /api/experiments, cors, 403",
        "POST, /api/experiments/c-20260131-120000.0001:star, no-cors, 403",
        "GET, /experiments, navigate, 200",
    })
    void what_another_site_asks_for_is_refused(String method, String path, String mode, int status)
            throws Exception {
        assertThat(
                        send(request(path)
                                        .header("Sec-Fetch-Site", "cross-site")
                                        .header("Sec-Fetch-Mode", mode)
                                        .method(method, HttpRequest.BodyPublishers.noBody()))
                                .statusCode())
                .isEqualTo(status);
        assertThat(lab.board().markCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "http://evil.example", "http://127.0.0.1", "nonsense", "file://"})
    void a_write_from_another_origin_is_refused(String origin) throws Exception {
        HttpResponse<String> answer =
                send(
                        request("/api/experiments/" + PageLab.id(1) + ":star")
                                .header("Origin", origin)
                                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(lab.board().markCount()).isZero();
    }

    /// Nothing is changed by asking, and no path leads out of what is served.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/experiments/c-20260131-120000.0001:star",
                "/api/campaigns/c-20260131-120000:stop",
                "/web/..%2f..%2f..%2fetc/passwd",
                "/web/%2e%2e/%2e%2e/openapi.json",
                "/web/vendor/..%5c..%5cindex.html",
                "/api/experiments/..%2f..%2fetc%2fpasswd",
                "/api/experiments/c-20260131-120000.0001/artifacts/..%2f..%2fledger.db",
                "/api/frame/source/..%2f..%2fledger.db/0.png",
                "/api/video/source/..%2fledger.db.mp4"
            })
    void no_path_leads_elsewhere(String path) throws Exception {
        HttpResponse<String> answer = send(request(path));
        assertThat(answer.statusCode()).isBetween(400, 404);
        assertThat(answer.body()).doesNotContain("root:").doesNotContain("SQLite");
        assertThat(lab.board().markCount()).isZero();
    }

    /// A note has its length; whoever sends a gigabyte is not listened to.
    @Test
    void a_body_that_is_too_large_is_refused() throws Exception {
        String notes = "/api/experiments/" + PageLab.id(1) + "/notes";
        HttpRequest.BodyPublisher large = HttpRequest.BodyPublishers.ofString("x".repeat(20_000));
        assertThat(send(request(notes).POST(large)).statusCode()).isEqualTo(413);
        String answer =
                spoken(
                        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\nConnection: close\r\n\r\n{"
                                .formatted(notes));
        assertThat(answer).startsWith("HTTP/1.1 413");
        assertThat(lab.board().markCount()).isZero();
    }

    private String spoken(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", URI.create(lab.url("/")).getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            int read = socket.getInputStream().read();
            // What is refused is a document, and the connection may stay open behind it.
            while (read >= 0 && !answer.append((char) read).toString().endsWith("}")) {
                read = socket.getInputStream().read();
            }
            return answer.toString();
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(lab.url(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
