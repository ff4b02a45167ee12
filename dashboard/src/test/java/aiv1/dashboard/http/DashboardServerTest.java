package aiv1.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.PageLab;
import aiv1.dashboard.PageResults;
import aiv1.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The page's API over a real ledger, asked by a real client. Of its 50 experiments every seventh
/// crashed.
@Timeout(120)
class DashboardServerTest {
    private static final int COUNT = 50;
    private static final int FAILED = 7;

    @TempDir private Path home;
    private PageLab lab;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void open() {
        lab = new PageLab(home, COUNT);
    }

    @AfterEach
    void close() {
        client.close();
        lab.close();
    }

    /// What is large and sent again and again is packed for whoever can unpack it.
    @Test
    void a_large_answer_is_packed_once_asked_for() throws Exception {
        byte[] plain = get("/api/lineage").body().getBytes(StandardCharsets.UTF_8);
        assertThat(plain.length).isLessThan(16 << 10);
        IntStream.range(COUNT, COUNT + 50).forEach(lab::add);
        awaitTotal(COUNT + 50);
        HttpResponse<String> whole = get("/api/lineage");
        HttpResponse<byte[]> packed =
                client.send(
                        request("/api/lineage").header("Accept-Encoding", "gzip, br").build(),
                        BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(packed.headers().firstValue("etag"))
                .isEqualTo(whole.headers().firstValue("etag"));
        assertThat(packed.body().length).isLessThan(whole.body().length() / 4);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(whole.body());
        }
    }

    /// Answers are kept until the next result: one that comes must not be missed.
    @Test
    void the_leaderboard_shows_a_new_one_as_soon_as_it_is_recorded() throws Exception {
        JsonNode before = json("/api/leaderboard?limit=500").path("rows");
        lab.add(COUNT);
        lab.board().follow();
        JsonNode after = json("/api/leaderboard?limit=500").path("rows");
        assertThat(after.size()).isGreaterThanOrEqualTo(before.size());
        assertThat(json("/api/lineage").path("nodes")).hasSize(COUNT + 1);
        assertThat(after).isNotEqualTo(before);
        assertThat(after.path(0).path("bd").path(0).path("rate").isMissingNode()).isTrue();
        assertThat(after.path(0).path("bd").path(0).path("percent").isNumber()).isTrue();
    }

    /// The names by which the earlier system's scripts count.
    @Test
    void experiments_are_counted() throws Exception {
        JsonNode list = json("/api/experiments?limit=1");
        assertThat(list.path("successful").intValue()).isEqualTo(COUNT - FAILED);
        assertThat(list.path("failed").intValue()).isEqualTo(FAILED);
        assertThat(list.path("in_progress").intValue()).isZero();
        assertThat(list.path("total").intValue()).isEqualTo(COUNT);
    }

    @ParameterizedTest
    @CsvSource({"newest", "oldest", "bd_total", "bd_stream", "decoder_bytes", "duration"})
    void pages_hold_each_experiment_once_while_the_ledger_grows(String order) throws Exception {
        Set<String> seen = new HashSet<>();
        String next = "";
        int more = COUNT;
        do {
            JsonNode page = json("/api/experiments?limit=7&sort=" + order + next);
            for (JsonNode one : page.path("experiments")) {
                assertThat(seen.add(one.path("experiment_id").asString())).isTrue();
            }
            next = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asString();
            if (more < COUNT + 3) {
                lab.add(more);
                awaitTotal(++more);
            }
        } while (!next.isEmpty());
        for (int i = 0; i < COUNT; i++) {
            assertThat(seen).contains(PageLab.id(i).value());
        }
    }

    @Test
    void lists_are_filtered_and_sorted() throws Exception {
        assertThat(ids("/api/experiments?state=failed&limit=500")).hasSize(FAILED);
        assertThat(ids("/api/experiments?outcome=crashed&state=successful")).isEmpty();
        assertThat(ids("/api/experiments?q=.0042")).containsExactly(PageLab.id(42).value());
        assertThat(ids("/api/experiments?campaign=nobody")).isEmpty();
        double last = Double.NEGATIVE_INFINITY;
        for (JsonNode one :
                json("/api/experiments?state=successful&sort=bd_total&limit=500")
                        .path("experiments")) {
            double percent = one.path("bd_rate").path("total").path("percent").doubleValue();
            assertThat(percent).isGreaterThanOrEqualTo(last);
            last = percent;
        }
    }

    /// What was proposed can be taken along, also when there is no result yet.
    @Test
    void the_files_of_an_experiment_hold_its_source() throws Exception {
        lab.propose(COUNT);
        lab.board().follow();
        JsonNode files = json("/api/experiments/" + PageLab.id(COUNT)).path("files");
        assertThat(files.valueStream().map(file -> file.path("name").asString()))
                .containsExactly("decoder.py", "encoder.py", "rationale.md");
        JsonNode encoder = files.get(1);
        HttpResponse<String> file = get(encoder.path("href").asString());
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).contains("def encode(clip, quality)");
        assertThat(file.body()).hasSize(encoder.path("bytes").intValue());
        assertThat(file.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"encoder.py\"");
    }

    @Test
    void what_did_not_change_is_not_sent_again() throws Exception {
        HttpResponse<String> first = get("/api/experiments?limit=5");
        String tag = first.headers().firstValue("etag").orElseThrow();
        assertThat(tag).startsWith("W/");
        HttpResponse<String> second =
                send(request("/api/experiments?limit=5").header("If-None-Match", tag));
        assertThat(second.statusCode()).isEqualTo(304);
        lab.add(COUNT);
        awaitTotal(COUNT + 1);
        assertThat(
                        send(request("/api/experiments?limit=5").header("If-None-Match", tag))
                                .statusCode())
                .isEqualTo(200);
    }

    /// Names, rationale, code and messages of candidates are hostile: every answer is hardened, and
    /// none but the page's own document is one that a browser would run.
    @Test
    void every_answer_is_hardened() throws Exception {
        lab.add(COUNT, PageResults.hostile());
        awaitTotal(COUNT + 1);
        String id = PageLab.id(COUNT).value();
        for (String path :
                List.of(
                        "/",
                        "/api/experiments",
                        "/api/experiments/" + id,
                        "/api/experiments/" + id + "/code",
                        "/api/experiments.csv",
                        "/api/nothing")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
                    .contains("default-src 'none'")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
            if (!path.equals("/")) {
                assertThat(answer.headers().firstValue("content-type").orElseThrow())
                        .doesNotContain("html");
            }
        }
    }

    @Test
    void stars_and_notes_are_marks_that_are_made_once() throws Exception {
        String id = PageLab.id(3).value();
        assertThat(post("/api/experiments/" + id + ":star", "", "k1").statusCode()).isEqualTo(202);
        String note = "{\"text\": \"look at this <b>one</b>\"}";
        post("/api/experiments/" + id + "/notes", note, "k2");
        post("/api/experiments/" + id + "/notes", note, "k2");
        JsonNode experiment = json("/api/experiments/" + id);
        assertThat(experiment.path("slim").path("starred").booleanValue()).isTrue();
        assertThat(experiment.path("notes")).hasSize(1);
        assertThat(ids("/api/experiments?starred=true")).containsExactly(id);
        assertThat(json("/api/audit").path("entries")).hasSize(2);
        post("/api/experiments/" + id + ":unstar", "", "k3");
        assertThat(ids("/api/experiments?starred=true")).isEmpty();
    }

    @Test
    void what_the_page_cannot_do_is_a_conflict() throws Exception {
        assertThat(post("/api/campaigns/" + PageLab.CAMPAIGN + ":stop", "", "a").statusCode())
                .isEqualTo(409);
        assertThat(post("/api/experiments/" + PageLab.id(0) + ":rerun", "", "b").statusCode())
                .isEqualTo(409);
        assertThat(post("/api/experiments/" + PageLab.id(0) + ":eat", "", "c").statusCode())
                .isEqualTo(404);
        assertThat(json("/api/audit").path("entries")).isEmpty();
    }

    @Test
    void a_page_of_another_origin_writes_nothing() throws Exception {
        HttpResponse<String> answer =
                send(
                        request("/api/experiments/" + PageLab.id(0) + ":star")
                                .header("Origin", "https://evil.example")
                                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(json("/api/audit").path("entries")).isEmpty();
    }

    @Test
    void code_differences_and_frames_are_told() throws Exception {
        String id = PageLab.id(2).value();
        assertThat(json("/api/experiments/" + id + "/code").path("parts").path(0).path("name"))
                .hasToString("\"decoder.py\"");
        JsonNode diff = json("/api/experiments/" + id + "/diff");
        assertThat(diff.path("base").asString()).isEqualTo(PageLab.id(1).value());
        List<String> kinds = new ArrayList<>();
        diff.path("parts")
                .valueStream()
                .flatMap(part -> part.path("hunks").valueStream())
                .flatMap(hunk -> hunk.path("lines").valueStream())
                .forEach(line -> kinds.add(line.path("kind").asString()));
        assertThat(kinds).contains("-", "+");
    }

    /// Who comes back hears what was missed; who comes back too late is told to read anew.
    @Test
    void events_are_numbered_and_heard_again() throws Exception {
        long before = json("/api/health").path("as_of").longValue();
        lab.add(COUNT);
        awaitTotal(COUNT + 1);
        String missed = stream("/api/events?since=" + before, "event: experiment.finished");
        assertThat(missed)
                .contains("id: %d\n".formatted(before + 1))
                .contains(PageLab.id(COUNT).value());
        assertThat(stream("/api/events?since=3", "event: reset")).contains("\"as_of\"");
        assertThat(stream("/api/events?since=" + (before + 99), "event: reset"))
                .contains("\"as_of\"");
        assertThat(stream("/api/events", "event: snapshot")).contains("\"experiments\":51");
    }

    /// Reads until `text` has come.
    private String stream(String path, String text) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                client.send(request(path).build(), BodyHandlers.ofInputStream());
        StringBuilder got = new StringBuilder();
        try (InputStream in = answer.body()) {
            int read = in.read();
            while (read >= 0 && !(got.indexOf(text) >= 0 && got.toString().endsWith("\n\n"))) {
                got.append((char) read);
                read = in.read();
            }
        }
        return got.toString();
    }

    private List<String> ids(String path) throws Exception {
        return json(path)
                .path("experiments")
                .valueStream()
                .map(one -> one.path("experiment_id").asString())
                .toList();
    }

    private void awaitTotal(int total) throws Exception {
        while (json("/api/health").path("experiments").intValue() < total) {
            Thread.onSpinWait();
        }
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body(), path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> post(String path, String body, String key) throws Exception {
        return send(
                request(path)
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(lab.url(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
