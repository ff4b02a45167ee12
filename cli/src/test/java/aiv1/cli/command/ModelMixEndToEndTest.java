package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A campaign with a mix of two providers, each at its own address with its own key, one of which
/// AWS Secrets Manager holds. Each server refuses the other's key.
@Timeout(300)
class ModelMixEndToEndTest {
    private static final String MIX = "openai:gpt-5-mini,anthropic:claude-haiku-4-5";
    private static final String OPENAI_KEY = "sk-openai-not-to-be-shown";
    private static final String ANTHROPIC_KEY = "sk-anthropic-not-to-be-shown";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private Path folder;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer openAi;
    private HttpServer anthropic;
    private HttpServer secrets;

    @BeforeEach
    void serve() throws IOException {
        openAi = server(this::answerOpenAi);
        anthropic = server(this::answerAnthropic);
        secrets = server(this::answerSecrets);
    }

    private static HttpServer server(HttpHandler handler) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    @AfterEach
    void stop() {
        openAi.stop(0);
        anthropic.stop(0);
        secrets.stop(0);
    }

    @Test
    void each_provider_is_asked_at_its_address_with_its_key() throws IOException {
        Path config = folder.resolve("config.yaml");
        Files.writeString(
                config,
                "model-key: {anthropic: %s}\nmodel-key-secret: {openai: \"labs/models#openai\"}\n"
                        .formatted(ANTHROPIC_KEY));
        Answer campaign;
        try (AwsProperties _ = new AwsProperties("aws.endpointUrlSecretsManager", at(secrets))) {
            campaign =
                    run(
                            config,
                            "--model-url",
                            "openai=" + at(openAi) + "/v1",
                            "--model-url",
                            "anthropic=" + at(anthropic));
        }
        assertThat(campaign.status()).as(campaign.err()).isZero();
        assertThat(asked)
                .startsWith("secrets", "openai GET", "anthropic GET")
                .hasSize(4)
                .last()
                .asString()
                .endsWith(" POST");
        for (String text : List.of(campaign.err(), campaign.out())) {
            assertThat(text).doesNotContain(OPENAI_KEY, ANTHROPIC_KEY, AwsProperties.SECRET_KEY);
        }
        assertThat(campaign.err()).contains("openai=labs/models#openai", "********");
        JsonNode experiment =
                campaign.events().stream()
                        .filter(event -> event.path("event").asString().equals("finished"))
                        .findFirst()
                        .orElseThrow()
                        .path("experiment");
        assertThat(experiment.path("outcome").asString()).isEqualTo("measured");
    }

    @Test
    void one_address_or_key_for_a_mix_is_refused_before_anything_is_sent() throws IOException {
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, "model-key: " + OPENAI_KEY + "\n");
        Answer answer = run(config, "--model-url", at(openAi));
        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err())
                .contains(
                        "model-url: expected an address for each, such as openai=URL",
                        "model-key: expected a key for each, such as openai=...")
                .doesNotContain(OPENAI_KEY);
        assertThat(asked).isEmpty();
    }

    @Test
    void a_secret_that_is_not_there_is_told_before_anything_is_asked() throws IOException {
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, "model-key-secret: {openai: labs/other}\n");
        Answer answer;
        try (AwsProperties _ = new AwsProperties("aws.endpointUrlSecretsManager", at(secrets))) {
            answer = run(config, "--model-url", "openai=" + at(openAi) + "/v1");
        }
        assertThat(answer.status()).as(answer.err()).isEqualTo(2);
        assertThat(answer.err())
                .contains("secret labs/other: expected a secret of this name, got none");
        assertThat(asked).containsExactly("secrets");
    }

    private Answer run(Path config, String... more) {
        List<String> line =
                new ArrayList<>(
                        List.of(
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
                                MIX,
                                "--config",
                                config.toString(),
                                "--json"));
        line.addAll(List.of(more));
        return new Program(folder.resolve("home")).run(line.toArray(String[]::new));
    }

    private static String at(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answerOpenAi(HttpExchange exchange) throws IOException {
        asked.add("openai " + exchange.getRequestMethod());
        String key = exchange.getRequestHeaders().getFirst("authorization");
        if (!("Bearer " + OPENAI_KEY).equals(key)) {
            send(exchange, 401, "application/json", "{\"error\": {\"message\": \"wrong key\"}}");
        } else if (exchange.getRequestURI().getPath().equals("/v1/models")) {
            send(exchange, 200, "application/json", "{\"data\": [{\"id\": \"gpt-5-mini\"}]}");
        } else {
            send(exchange, 200, "text/event-stream", ModelWire.openAi());
        }
    }

    private void answerAnthropic(HttpExchange exchange) throws IOException {
        asked.add("anthropic " + exchange.getRequestMethod());
        if (!ANTHROPIC_KEY.equals(exchange.getRequestHeaders().getFirst("x-api-key"))) {
            send(exchange, 401, "application/json", "{\"error\": {\"message\": \"wrong key\"}}");
        } else if (exchange.getRequestMethod().equals("GET")) {
            send(
                    exchange,
                    200,
                    "application/json",
                    "{\"type\": \"model\", \"id\": \"claude-haiku-4-5\", \"display_name\": \"H\", \"created_at\": \"2025-10-01T00:00:00Z\"}");
        } else {
            send(exchange, 200, "text/event-stream", ModelWire.anthropic());
        }
    }

    private void answerSecrets(HttpExchange exchange) throws IOException {
        asked.add("secrets");
        String target = exchange.getRequestHeaders().getFirst("x-amz-target");
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        boolean isKnown =
                "secretsmanager.GetSecretValue".equals(target)
                        && body.path("SecretId").asString("").equals("labs/models");
        send(
                exchange,
                isKnown ? 200 : 400,
                "application/x-amz-json-1.1",
                isKnown
                        ? "{\"SecretString\": \"{\\\"openai\\\": \\\"" + OPENAI_KEY + "\\\"}\"}"
                        : "{\"__type\": \"ResourceNotFoundException\", \"message\": \"no\"}");
    }

    private static void send(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
