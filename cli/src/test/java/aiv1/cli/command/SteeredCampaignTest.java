package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.wire.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A real campaign, steered from its page.
@Timeout(300)
class SteeredCampaignTest {
    @TempDir private Path home;
    private final HttpClient client = HttpClient.newHttpClient();

    /// The first experiment is cancelled; after the second it is paused, which is measured again
    /// when the campaign is over, with the same bytes and decibels.
    @Test
    void it_is_paused_started_and_its_experiments_are_cancelled_and_measured_again()
            throws Exception {
        Process run =
                ChildProgram.startTalking(
                        home,
                        "run",
                        "--experiments",
                        "3",
                        "--clip",
                        "rapids",
                        "--frames",
                        "3",
                        "--anchor",
                        "x264-medium");
        try (BufferedReader out = reader(run)) {
            String url = urlOf(out);
            Thread.ofVirtual().start(() -> out.lines().forEach(line -> {}));
            try (BufferedReader events = follow(url)) {
                String first = await(events, "experiment.phase", "in_progress");
                String campaign = url + "api/campaigns/" + first.replaceFirst("\\.[0-9]+$", "");
                assertThat(post(url + "api/experiments/" + first + ":cancel")).isEqualTo(202);
                assertThat(await(events, "experiment.failed", "cancelled")).isEqualTo(first);
                String second = await(events, "experiment.phase", "in_progress");
                assertThat(post(campaign + ":pause")).isEqualTo(202);
                assertThat(await(events, "experiment.f", "")).isEqualTo(second);
                assertThat(json(campaign).path("state").asString()).isEqualTo("paused");
                assertThat(Files.exists(home.resolve("live"))).isTrue();
                assertThat(post(url + "api/experiments/" + second + ":rerun")).isEqualTo(202);
                assertThat(post(campaign + ":start")).isEqualTo(202);
                String again = "rerun-1." + second;
                String ended = await(events, "experiment.f", "");
                while (!ended.equals(again)) {
                    ended = await(events, "experiment.f", "");
                }
                assertThat(run.waitFor()).isZero();
                requireSame(second, again);
                JsonNode cancelled = new Program(home).run("show", first, "--json").json();
                assertThat(cancelled.path("outcome").asString()).isEqualTo("cancelled");
                assertThat(cancelled.path("flagged").isNull()).isTrue();
            }
        } finally {
            run.destroyForcibly();
            client.close();
        }
        try (Stream<Path> left = Files.list(home.resolve("live"))) {
            assertThat(left).isEmpty();
        }
    }

    private void requireSame(String first, String again) {
        JsonNode before = new Program(home).run("show", first, "--json").json();
        JsonNode now = new Program(home).run("show", again, "--json").json();
        assertThat(now.path("outcome")).isEqualTo(before.path("outcome"));
        assertThat(now.path("campaign_id").isNull()).isTrue();
        assertThat(now.path("runs").size()).isEqualTo(before.path("runs").size()).isPositive();
        for (String field : new String[] {"bitstream_sha256", "psnr_yuv_db", "stream_bytes"}) {
            assertThat(now.path("runs").valueStream().map(one -> one.path(field)).toList())
                    .isEqualTo(
                            before.path("runs").valueStream().map(one -> one.path(field)).toList());
        }
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String urlOf(BufferedReader out) throws IOException {
        String line = out.readLine();
        while (line != null && !line.startsWith("page at ")) {
            line = out.readLine();
        }
        assertThat(line).isNotNull();
        return line.replace("page at ", "");
    }

    private BufferedReader follow(String url) throws Exception {
        return new BufferedReader(
                new InputStreamReader(
                        client.send(
                                        HttpRequest.newBuilder(
                                                        URI.create(url + "api/events?since=0"))
                                                .build(),
                                        BodyHandlers.ofInputStream())
                                .body(),
                        StandardCharsets.UTF_8));
    }

    /// The experiment of the next event whose name begins so, and whose state or outcome is that,
    /// or any.
    private static String await(BufferedReader events, String name, String state)
            throws IOException {
        String event = "";
        while (true) {
            String line = events.readLine();
            assertThat(line).as("events up to %s", name).isNotNull();
            if (line.startsWith("event: ")) {
                event = line.substring("event: ".length());
            } else if (line.startsWith("data: ") && event.startsWith(name)) {
                JsonNode data = Json.parse(line.substring("data: ".length()), "event");
                if (state.isEmpty()
                        || state.equals(data.path("state").asString(""))
                        || state.equals(data.path("outcome").asString(""))) {
                    return data.path("experiment_id").asString();
                }
            }
        }
    }

    private int post(String url) throws Exception {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
        return answer.statusCode();
    }

    private JsonNode json(String url) throws Exception {
        return Json.parse(
                client.send(
                                HttpRequest.newBuilder(URI.create(url)).build(),
                                BodyHandlers.ofString())
                        .body(),
                url);
    }
}
