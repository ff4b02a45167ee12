package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A campaign with a language model: a server on this machine that speaks the provider's wire
/// format, is full the first time, and then streams a codec.
@Timeout(300)
class ModelServerEndToEndTest {
    private static final String KEY = "sk-test-not-to-be-shown";

    @TempDir private Path folder;
    private final List<String> questions = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai:gpt-5-mini", "anthropic:claude-haiku-4-5"})
    void a_model_writes_a_codec_that_is_measured(String proposer) throws IOException {
        Program program = new Program(folder.resolve("home"));
        Path key = Files.writeString(folder.resolve("key"), KEY + "\n");
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, "model-key-file: " + key + "\nbudget-usd: 1\n");
        Answer campaign = run(program, proposer, config);
        assertThat(campaign.status()).as(campaign.err()).isZero();
        assertThat(campaign.err())
                .contains("no reply: ", "asking again in ", "$0.00", "of $1.00")
                .doesNotContain(KEY);
        assertThat(campaign.err()).containsSubsequence("canary codec 1159 bytes", "no reply: ");
        assertThat(campaign.out()).doesNotContain(KEY);
        JsonNode experiment =
                campaign.events().stream()
                        .filter(event -> event.path("event").asString().equals("finished"))
                        .findFirst()
                        .orElseThrow()
                        .path("experiment");
        assertThat(experiment.path("outcome").asString()).isEqualTo("measured");
        assertThat(experiment.path("proposer").asString()).isEqualTo(proposer);
        assertThat(questions).hasSize(2);
        assertThat(questions.getLast())
                .contains("You invent video codecs", "rapids: 176x96")
                .doesNotContain(KEY);
    }

    @Test
    void a_key_that_is_refused_stops_before_anything_is_asked() throws IOException {
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, "model-key: sk-test-that-is-wrong\n");
        Answer answer = run(new Program(folder.resolve("home")), "openai:gpt-5-mini", config);
        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err()).contains("proposer openai:gpt-5-mini", "401");
        assertThat(questions).isEmpty();
    }

    @Test
    void a_key_that_is_too_short_to_be_hidden_is_told() throws IOException {
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, "model-key: EMPTY\n");
        Answer answer = run(new Program(folder.resolve("home")), "openai:gpt-5-mini", config);
        assertThat(answer.status()).as(answer.err()).isEqualTo(2);
        assertThat(answer.err())
                .contains("openai:gpt-5-mini: OpenAI key: expected at least 8 characters, got 5")
                .doesNotContain("EMPTY", "\tat ");
        assertThat(questions).isEmpty();
    }

    @Test
    void a_server_that_is_not_there_is_missing() throws IOException {
        server.stop(0);
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, "model-key: " + KEY + "\n");
        Answer answer = run(new Program(folder.resolve("home")), "openai:gpt-5-mini", config);
        assertThat(answer.status()).as(answer.err()).isEqualTo(69);
        assertThat(answer.err())
                .contains("proposer openai:gpt-5-mini: openai at 127.0.0.1", "no reply")
                .doesNotContain("\tat ");
    }

    @Test
    void no_key_is_told_with_where_it_may_be() {
        Answer answer =
                new Program(folder.resolve("home"))
                        .run("run", "--proposer", "anthropic:claude-haiku-4-5");
        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err()).contains("expected a key", "ANTHROPIC_API_KEY");
    }

    private Answer run(Program program, String proposer, Path config) {
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        return program.run(
                "run",
                "--experiments",
                "1",
                "--clip",
                "rapids",
                "--frames",
                "4",
                "--anchor",
                "x264-medium",
                "--proposer",
                proposer,
                "--model-url",
                proposer.startsWith("openai") ? base + "/v1" : base,
                "--config",
                config.toString(),
                "--json");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String bearer = exchange.getRequestHeaders().getFirst("authorization");
        String key = exchange.getRequestHeaders().getFirst("x-api-key");
        if (!("Bearer " + KEY).equals(bearer) && !KEY.equals(key)) {
            send(exchange, 401, "{\"error\": {\"type\": \"auth\", \"message\": \"wrong key\"}}");
        } else if (path.endsWith("/models")) {
            send(exchange, 200, "{\"object\": \"list\", \"data\": [{\"id\": \"gpt-5-mini\"}]}");
        } else if (path.contains("/models/")) {
            send(
                    exchange,
                    200,
                    "{\"type\": \"model\", \"id\": \"claude-haiku-4-5\", \"display_name\": \"H\", \"created_at\": \"2025-10-01T00:00:00Z\"}");
        } else {
            questions.add(body);
            if (questions.size() == 1) {
                exchange.getResponseHeaders().add("retry-after", "1");
                send(
                        exchange,
                        429,
                        "{\"error\": {\"type\": \"rate\", \"message\": \"slow down\"}}");
            } else {
                exchange.getResponseHeaders().add("content-type", "text/event-stream");
                byte[] stream =
                        (path.endsWith("/messages") ? ModelWire.anthropic() : ModelWire.openAi())
                                .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, stream.length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(stream);
                }
            }
        }
        exchange.close();
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
