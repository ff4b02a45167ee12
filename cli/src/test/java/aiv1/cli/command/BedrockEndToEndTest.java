package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A campaign with a model of Bedrock's: a server on this machine that checks what it is sent,
/// throttles once before and once within a stream, and then streams a codec in AWS's frames.
@Timeout(300)
class BedrockEndToEndTest {
    private static final String MODEL = "eu.anthropic.claude-haiku-4-5-20251001-v1:0";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private Path folder;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
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

    @Test
    void a_model_of_bedrock_writes_a_codec_that_is_measured() {
        Answer campaign;
        try (AwsProperties _ = new AwsProperties()) {
            campaign =
                    new Program(folder.resolve("home"))
                            .run(
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
                                    "bedrock:" + MODEL,
                                    "--model-url",
                                    "http://127.0.0.1:" + server.getAddress().getPort(),
                                    "--budget-tokens",
                                    "200000",
                                    "--json");
        }
        assertThat(campaign.status()).as(campaign.err()).isZero();
        assertThat(wrong).isEmpty();
        assertThat(asked)
                .containsExactly(
                        "count-tokens", "converse-stream", "converse-stream", "converse-stream");
        assertThat(campaign.err())
                .contains("HTTP 429: Too many requests", "Too many tokens", "asking again in ")
                .doesNotContain(AwsProperties.SECRET_KEY);
        JsonNode experiment =
                campaign.events().stream()
                        .filter(event -> event.path("event").asString().equals("finished"))
                        .findFirst()
                        .orElseThrow()
                        .path("experiment");
        assertThat(experiment.path("outcome").asString()).isEqualTo("measured");
        assertThat(experiment.path("proposer").asString()).isEqualTo("bedrock:" + MODEL);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        String operation = path.substring(path.lastIndexOf('/') + 1);
        asked.add(operation);
        requireSigned(exchange);
        if (operation.equals("count-tokens")) {
            require(path.equals("/model/" + MODEL.substring(3) + "/count-tokens"), path);
            require(body.at("/input/converse/messages/0/role").asString("").equals("user"), body);
            send(exchange, 200, "application/json", "{\"inputTokens\": 12}");
        } else {
            require(path.equals("/model/" + MODEL + "/converse-stream"), path);
            require(body.at("/inferenceConfig/maxTokens").asInt(0) == 32000, body);
            require(
                    body.at("/system/0/text").asString("").contains("You invent video codecs"),
                    body);
            require(body.at("/system/1/cachePoint/type").asString("").equals("default"), body);
            require(
                    body.at("/messages/0/content/0/text").asString("").contains("rapids: 176x96"),
                    body);
            stream(exchange);
        }
        exchange.close();
    }

    private void stream(HttpExchange exchange) throws IOException {
        switch (Collections.frequency(asked, "converse-stream")) {
            case 1 -> {
                exchange.getResponseHeaders().add("x-amzn-errortype", "ThrottlingException");
                send(
                        exchange,
                        429,
                        "application/json",
                        "{\"message\": \"Too many requests, please wait.\"}");
            }
            case 2 ->
                    send(
                            exchange,
                            200,
                            "application/vnd.amazon.eventstream",
                            ModelWire.bedrockException(
                                    "throttlingException", "Too many tokens, please wait."));
            default ->
                    send(exchange, 200, "application/vnd.amazon.eventstream", ModelWire.bedrock());
        }
    }

    private void requireSigned(HttpExchange exchange) {
        String authorization =
                String.valueOf(exchange.getRequestHeaders().getFirst("authorization"));
        require(
                authorization.matches(
                        "AWS4-HMAC-SHA256 Credential="
                                + AwsProperties.KEY_ID
                                + "/\\d{8}/eu-central-1/bedrock/aws4_request, "
                                + "SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}"),
                authorization);
        require(exchange.getRequestMethod().equals("POST"), exchange.getRequestMethod());
    }

    private void require(boolean holds, Object got) {
        if (!holds) {
            wrong.add(String.valueOf(got));
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        send(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] bytes)
            throws IOException {
        exchange.getResponseHeaders().add("content-type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
