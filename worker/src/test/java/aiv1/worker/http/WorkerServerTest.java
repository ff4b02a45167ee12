package aiv1.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.ArtifactId;
import aiv1.domain.clip.Clip;
import aiv1.media.ClipLibrary;
import aiv1.wire.ClipJson;
import aiv1.wire.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// The worker's HTTP, asked by a real client; the evaluator is scripted.
@Timeout(120)
class WorkerServerTest extends ServedWorker {
    /// Requirement 4: the earlier system's payload, and its result in one call.
    @Test
    void an_order_of_the_earlier_form_is_carried_out_once() throws Exception {
        HttpResponse<String> first = post("/experiment?wait=60", PLAIN.formatted("exp-1"));
        assertThat(first.statusCode()).isEqualTo(200);
        JsonNode done = Json.parse(first.body(), "answer");
        assertThat(done.path("state").asString()).isEqualTo("done");
        assertThat(done.path("experiment").path("contract").asString()).isEqualTo("c3");
        assertThat(done.path("experiment").path("outcome").asString()).isEqualTo("crashed");
        assertThat(post("/experiment?wait=60", PLAIN.formatted("exp-1")).body())
                .isEqualTo(first.body());
        assertThat(evaluated).hasValue(1);
        HttpResponse<String> other =
                post("/experiment", PLAIN.formatted("exp-1").replace("return {}", "return 1"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.headers().firstValue("content-type")).hasValue("application/problem+json");
    }

    @Test
    void without_waiting_the_answer_says_where_to_look() throws Exception {
        isHeld = true;
        HttpResponse<String> accepted = post("/experiment", PLAIN.formatted("exp-2"));
        assertThat(accepted.statusCode()).isEqualTo(202);
        String place = accepted.headers().firstValue("location").orElseThrow();
        assertThat(get(place).statusCode()).isEqualTo(202);
        JsonNode first = Json.parse(get(place + "/events?after=0").body(), "events");
        assertThat(first.path("events").get(0).path("stage").asString()).isEqualTo("encode");
        assertThat(first.path("over").asBoolean()).isFalse();
        goOn.countDown();
        assertThat(get(place + "?wait=60").statusCode()).isEqualTo(200);
        JsonNode last = Json.parse(get(place + "/events?after=1").body(), "events");
        assertThat(last.path("over").asBoolean()).isTrue();
        HttpResponse<String> stream =
                client.send(
                        request(place + "/events").header("Accept", "text/event-stream").build(),
                        BodyHandlers.ofString());
        assertThat(stream.body())
                .contains("event: progress\nid: 1\ndata: {\"kind\":\"phase\"")
                .endsWith("event: done\ndata: {}\n\n");
    }

    @Test
    void what_runs_can_be_cancelled_and_asked_for_again() throws Exception {
        isHeld = true;
        post("/experiment", PLAIN.formatted("exp-3"));
        assertThat(delete("/experiments/exp-3").statusCode()).isEqualTo(204);
        assertThat(get("/experiments/exp-3").statusCode()).isEqualTo(404);
        assertThat(delete("/experiments/exp-3").statusCode()).isEqualTo(404);
        goOn.countDown();
        isHeld = false;
        assertThat(post("/experiment?wait=60", PLAIN.formatted("exp-3")).statusCode())
                .isEqualTo(200);
    }

    /// Requirement 5: it answers while experiments run; 35: which build and process it is.
    @Test
    void health_and_status_answer_while_it_works() throws Exception {
        isHeld = true;
        post("/experiment", PLAIN.formatted("exp-4"));
        post("/experiment", PLAIN.formatted("exp-5"));
        get("/experiments/exp-4/events?after=0");
        JsonNode health = Json.parse(get("/health").body(), "health");
        assertThat(health.path("service").asString()).isEqualTo("aiv1-worker");
        assertThat(health.path("build").asString()).isEqualTo("b");
        assertThat(health.path("process_id").asInt()).isEqualTo(4711);
        JsonNode status = Json.parse(get("/status").body(), "status");
        assertThat(status.path("running").get(0).path("experiment_id").asString())
                .isEqualTo("exp-4");
        assertThat(status.path("running").get(0).path("progress").path("frame_count").asInt())
                .isEqualTo(8);
        assertThat(status.path("waiting").get(0).asString()).isEqualTo("exp-5");
        assertThat(status.path("devices").get(0).asString()).isEqualTo("cpu");
        for (String what : List.of("memory_bytes", "memory_free_bytes", "process_memory_bytes")) {
            assertThat(status.path("machine").path(what).asLong()).as(what).isPositive();
        }
        assertThat(status.path("machine").path("network_sent_bytes").isIntegralNumber()).isTrue();
    }

    @Test
    void so_many_may_wait_and_no_more() throws Exception {
        isHeld = true;
        post("/experiment", PLAIN.formatted("run"));
        get("/experiments/run/events?after=0");
        for (int i = 0; i < Desk.WAITING_COUNT_MAX; i++) {
            assertThat(post("/experiment", PLAIN.formatted("wait-" + i)).statusCode())
                    .isEqualTo(202);
        }
        HttpResponse<String> full = post("/experiment", PLAIN.formatted("too-many"));
        assertThat(full.statusCode()).isEqualTo(429);
        assertThat(full.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void a_draining_worker_finishes_and_takes_no_more() throws Exception {
        isHeld = true;
        post("/experiment", PLAIN.formatted("exp-6"));
        assertThat(post("/drain", "").statusCode()).isEqualTo(202);
        assertThat(post("/experiment", PLAIN.formatted("exp-7")).statusCode()).isEqualTo(503);
        assertThat(Json.parse(get("/health").body(), "health").path("status").asString())
                .isEqualTo("draining");
        goOn.countDown();
        server.awaitDrained();
        assertThat(get("/experiments/exp-6").statusCode()).isEqualTo(200);
    }

    /// Requirement 24: strangers are refused, and told nothing but that it lives.
    @Test
    void a_stranger_is_refused() throws Exception {
        for (String path : List.of("/status", "/experiments/x", "/artifacts/x", "/nowhere")) {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.body()).contains("expected 'Bearer TOKEN', got none");
        }
        HttpResponse<String> wrong =
                client.send(
                        HttpRequest.newBuilder(uri("/status"))
                                .header("Authorization", "Bearer " + TOKEN + "x")
                                .build(),
                        BodyHandlers.ofString());
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(
                        client.send(
                                        HttpRequest.newBuilder(uri("/health")).build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                .isEqualTo(200);
        assertThat(evaluated).hasValue(0);
    }

    @Test
    void bad_orders_are_refused_with_where_and_what() throws Exception {
        assertThat(post("/experiment", "{").body()).contains("body: line 1");
        assertThat(post("/experiment", "{}").body())
                .contains("experiment.experiment_id: expected a text, got nothing");
        assertThat(post("/experiment", "{\"experiment_id\": \"../etc\"}").statusCode())
                .isEqualTo(400);
        assertThat(
                        post("/experiment", "{\"experiment_id\": \"a\", \"encoding_code\": \"x\"}")
                                .body())
                .contains("candidate.decoding_code: expected a text");
        assertThat(post("/experiment?wait=soon", PLAIN.formatted("a")).body())
                .contains("wait: expected a whole number");
        assertThat(get("/nowhere").statusCode()).isEqualTo(404);
        byte[] large = new byte[Requests.BODY_BYTES_MAX + 1];
        assertThat(
                        client.send(
                                        request("/experiment")
                                                .POST(BodyPublishers.ofByteArray(large))
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                .isEqualTo(413);
        assertThat(post("/experiment?wait=60", PLAIN.formatted("after")).statusCode())
                .isEqualTo(200);
    }

    /// Requirement 11: one id from request to log.
    @Test
    void every_answer_and_its_log_line_carry_the_request_id() throws Exception {
        HttpResponse<String> given =
                client.send(
                        request("/health").header("X-Request-Id", "trace-1").build(),
                        BodyHandlers.ofString());
        assertThat(given.headers().firstValue("x-request-id")).hasValue("trace-1");
        HttpResponse<String> odd =
                client.send(
                        request("/health").header("X-Request-Id", "a\"b c").build(),
                        BodyHandlers.ofString());
        assertThat(odd.headers().firstValue("x-request-id").orElseThrow()).hasSize(36);
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("\"request_id\":\"trace-1\",\"method\":\"GET\",\"path\":\"/health\"");
    }

    /// Requirement 16: a clip crosses once, goes on where a transfer broke, and must have its hash.
    @Test
    void a_clip_is_sent_once_and_resumed() throws Exception {
        ClipLibrary elsewhere = ClipLibrary.open(folder.resolve("elsewhere"), FFMPEG);
        Clip bundled = elsewhere.find("rapids").orElseThrow();
        byte[] file = Files.readAllBytes(elsewhere.file(bundled));
        // Other samples: the first picture inverted, so that the worker cannot have it.
        for (int i = 200; i < 300; i++) {
            file[i] = (byte) ~file[i];
        }
        Clip clip =
                new Clip(
                        new aiv1.domain.clip.ClipId(ArtifactId.of(file).sha256()),
                        "other",
                        bundled.format(),
                        bundled.frameCount(),
                        bundled.origin());
        String announcement = Json.line(ClipJson.write(clip));
        String place = "/clips/" + clip.id().sha256();
        assertThat(put(place + "?offset=0", file, 0, 10).statusCode()).isEqualTo(404);
        assertThat(post("/clips", announcement).body())
                .contains("\"received_bytes\":0", "\"complete\":false");
        assertThat(put(place + "?offset=0", file, 0, 100_000).body())
                .contains("\"received_bytes\":100000");
        assertThat(put(place + "?offset=5", file, 5, 100).statusCode()).isEqualTo(409);
        assertThat(put(place + "?offset=100000", file, 100_000, file.length).body())
                .contains("\"complete\":true");
        assertThat(clips.findExact(clip)).hasValue(clip);
        assertThat(Files.readAllBytes(clips.file(clip))).isEqualTo(file);
        assertThat(post("/clips", announcement).body()).contains("\"complete\":true");
        assertThat(post("/clips", Json.line(ClipJson.write(bundled))).body())
                .contains("\"complete\":true");
    }

    @Test
    void a_clip_with_another_hash_is_thrown_away() throws Exception {
        Clip bundled = clips.find("rapids").orElseThrow();
        Clip wrong =
                new Clip(
                        new aiv1.domain.clip.ClipId("0".repeat(64)),
                        "wrong",
                        bundled.format(),
                        bundled.frameCount(),
                        bundled.origin());
        byte[] file = Files.readAllBytes(clips.file(bundled));
        post("/clips", Json.line(ClipJson.write(wrong)));
        HttpResponse<String> refused =
                put("/clips/" + "0".repeat(64) + "?offset=0", file, 0, file.length);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("expected SHA-256 0000");
        assertThat(post("/clips", Json.line(ClipJson.write(wrong))).body())
                .contains("\"received_bytes\":0");
    }

    @Test
    void a_worker_that_nobody_would_start_again_does_not_end() throws Exception {
        HttpResponse<String> refused = post("/restart", "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("nobody would start this worker again");
        assertThat(Json.parse(get("/health").body(), "health").path("status").asString())
                .isEqualTo("ok");
    }

    /// Requirement 39.
    @Test
    void the_canary_is_tried_on_request() throws Exception {
        assertThat(post("/canary", "").body()).isEqualTo("{\"canary\":\"right\"}");
    }

    @Test
    void artifacts_are_given_by_their_hash() throws Exception {
        byte[] bytes = {0, -1, 13, 10, 0};
        ArtifactId id = ArtifactId.of(bytes);
        artifacts.put(id, bytes);
        HttpResponse<byte[]> answer =
                client.send(
                        request("/artifacts/" + id.sha256()).build(), BodyHandlers.ofByteArray());
        assertThat(answer.body()).isEqualTo(bytes);
        assertThat(get("/artifacts/" + "0".repeat(64)).statusCode()).isEqualTo(404);
        assertThat(get("/artifacts/..%2f..%2fetc").statusCode()).isBetween(400, 404);
    }
}
