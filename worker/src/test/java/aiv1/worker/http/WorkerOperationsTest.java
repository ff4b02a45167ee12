package aiv1.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.clip.Clip;
import aiv1.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// What operators ask of a worker: its log, its counts, to be started again.
@Timeout(120)
class WorkerOperationsTest extends ServedWorker {
    @Override
    boolean isSupervised() {
        return true;
    }

    @Override
    int requestsPerSecondMax() {
        return 20;
    }

    @Override
    long clipCacheBytesMax() {
        return 100_000;
    }

    @Test
    void a_clip_that_does_not_fit_into_the_cache_is_refused_before_it_is_sent() throws Exception {
        Clip rapids = clips.find("rapids").orElseThrow();
        Clip large =
                new Clip(
                        new aiv1.domain.clip.ClipId("0".repeat(64)),
                        "large",
                        rapids.format(),
                        100,
                        rapids.origin());
        HttpResponse<String> refused = post("/clips", Json.line(aiv1.wire.ClipJson.write(large)));
        assertThat(refused.statusCode()).isEqualTo(507);
        assertThat(refused.body()).contains("in a cache of 100000");
    }

    @Test
    void who_asks_too_often_is_told_to_wait() throws Exception {
        int refused = 0;
        for (int i = 0; i < 5000 && refused == 0; i++) {
            HttpResponse<String> answer = get("/health");
            if (answer.statusCode() == 429) {
                refused++;
                assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
            }
        }
        assertThat(refused).isEqualTo(1);
    }

    /// Requirement 11: one id through every stage.
    @Test
    void the_log_leads_an_experiment_from_order_to_result() throws Exception {
        client.send(
                request("/experiment?wait=60")
                        .header("X-Request-Id", "exp-1")
                        .POST(BodyPublishers.ofString(PLAIN.formatted("exp-1")))
                        .build(),
                BodyHandlers.ofString());
        JsonNode lines = Json.parse(get("/logs?last=50").body(), "logs").path("lines");
        assertThat(
                        lines.valueStream()
                                .filter(
                                        line ->
                                                line.path("request_id")
                                                        .asString("")
                                                        .equals("exp-1"))
                                .map(line -> line.path("event").asString()))
                .containsExactly("accepted", "started", "finished", "answered");
        assertThat(Json.parse(get("/logs?last=1").body(), "logs").path("lines")).hasSize(1);
    }

    /// As Prometheus reads it: each name has its type, and each line a number.
    @Test
    void the_metrics_count_what_was_done() throws Exception {
        post("/experiment?wait=60", PLAIN.formatted("exp-1"));
        get("/nowhere");
        HttpResponse<String> metrics = get("/metrics");
        assertThat(metrics.headers().firstValue("content-type").orElseThrow())
                .startsWith("text/plain; version=0.0.4");
        assertThat(metrics.body())
                .contains(
                        "aiv1_worker_info{worker=\"w\",build=\"b\",sandbox_tier=\"B\"} 1\n",
                        "aiv1_worker_experiments_finished_total{outcome=\"crashed\"} 1\n",
                        "aiv1_worker_requests_total{status=\"404\"} 1\n",
                        "aiv1_worker_slots 1\n",
                        "aiv1_worker_draining 0\n");
        requireExposition(metrics.body());
    }

    /// Text format 0.0.4 and the conventions for names: each metric is one block of help, type and
    /// its samples; what counts up ends in `_total` and nothing else does; units are base units.
    private static void requireExposition(String text) {
        Pattern sample =
                Pattern.compile(
                        "([a-z][a-z0-9_]*)(\\{[a-z_]+=\"[^\"\\\\]*\"(?:,[a-z_]+=\"[^\"\\\\]*\")*})? (-?[0-9]+(?:\\.[0-9]+)?)");
        Set<String> series = new HashSet<>();
        Set<String> names = new HashSet<>();
        String helped = "";
        String typed = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("# HELP ")) {
                helped = line.split(" ", -1)[2];
                assertThat(line.length()).isGreaterThan("# HELP ".length() + helped.length() + 1);
                assertThat(names.add(helped)).as(line).isTrue();
            } else if (line.startsWith("# TYPE ")) {
                typed = line.split(" ", -1)[2];
                assertThat(typed).isEqualTo(helped);
                String type = line.split(" ", -1)[3];
                assertThat(type).isEqualTo(typed.endsWith("_total") ? "counter" : "gauge");
                assertThat(typed)
                        .startsWith("aiv1_worker_")
                        .doesNotMatch(".*_(ms|milliseconds|minutes|kb|mb|mib|percent|count)(_.*)?");
            } else {
                Matcher found = sample.matcher(line);
                assertThat(found.matches()).as(line).isTrue();
                assertThat(found.group(1)).isEqualTo(typed);
                assertThat(series.add(found.group(1) + found.group(2))).as(line).isTrue();
            }
        }
        assertThat(names).hasSizeGreaterThan(15);
        // No label takes its values from outside: neither paths nor ids.
        assertThat(text).doesNotContain("nowhere", "exp-1");
    }

    /// Requirement 36: it finishes what it has, and only then ends.
    @Test
    void a_worker_that_is_restarted_finishes_first_and_asks_to_be_started_again() throws Exception {
        isHeld = true;
        post("/experiment", PLAIN.formatted("exp-1"));
        get("/experiments/exp-1/events?after=0");
        assertThat(post("/restart", "").statusCode()).isEqualTo(202);
        assertThat(post("/experiment", PLAIN.formatted("exp-2")).statusCode()).isEqualTo(503);
        goOn.countDown();
        assertThat(get("/experiments/exp-1?wait=60").statusCode()).isEqualTo(200);
        assertThat(server.awaitEnd()).isTrue();
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("\"event\":\"restarting\"");
    }

    @Test
    void lines_for_people_hold_the_same() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new RequestLog(new PrintStream(out, true, StandardCharsets.UTF_8), RequestLog.Form.TEXT)
                .answered("id-1", "GET", "/health", 200, java.time.Duration.ofMillis(3));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .endsWith(
                        " answered request_id=id-1 method=GET path=/health status=200 milliseconds=3\n");
    }
}
