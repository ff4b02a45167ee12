package aiv1.proposer.provider;

import static aiv1.proposer.provider.BedrockWire.KEY_ID;
import static aiv1.proposer.provider.StubWire.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// Against a server that speaks GetSecretValue, after the API reference of AWS Secrets Manager:
/// JSON 1.1 over POST, the operation in `X-Amz-Target`.
@Timeout(60)
class AwsSecretsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAME = "labs/models";
    private static final String HELD = "sk-held-in-the-secret";

    @TempDir private Path folder;

    @Test
    void a_plain_text_is_the_key() throws Exception {
        try (StubServer server = new StubServer(text(HELD + "\n"))) {
            assertThat(read(server.uri(), NAME)).isEqualTo(HELD);
            StubServer.Request request = server.requests().getFirst();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/");
            assertThat(request.header("x-amz-target")).isEqualTo("secretsmanager.GetSecretValue");
            assertThat(request.header("content-type")).isEqualTo("application/x-amz-json-1.1");
            assertThat(JSON.readTree(request.body()))
                    .isEqualTo(JSON.readTree("{\"SecretId\": \"labs/models\"}"));
            Signature.requireValid(request, KEY_ID, KEY, "eu-central-1", "secretsmanager");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void the_field_of_a_json_object_is_the_key() throws Exception {
        String object = "{\"openai\": \"%s\", \"anthropic\": \"other-other\"}".formatted(HELD);
        assertThat(read(text(object), NAME + "#openai")).isEqualTo(HELD);
    }

    @Test
    void of_an_object_with_one_field_that_one_is_the_key() throws Exception {
        assertThat(read(text("{\"key\": \"" + HELD + "\"}"), NAME)).isEqualTo(HELD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "labs/models | {\"a\": \"sk-held\", \"b\": \"sk-held\"} | expected NAME#FIELD for a JSON object, got no field: it has a, b",
                "labs/models | {} | got no field: it has no fields",
                "labs/models#c | {\"a\": \"sk-held\"} | expected a field c, got a JSON object with a",
                "labs/models#a | {\"a\": {\"b\": \"sk-held\"}} | field a: expected a text, got OBJECT",
                "labs/models#a | {\"a\": \" \"} | expected a key, got an empty text",
                "labs/models#a | sk-held | expected a JSON object with the field a, got a plain text",
                "labs/models | {\"a\": \"sk-held | expected a plain text or a JSON object, got broken JSON",
                "labs/models | '' | expected a key, got an empty text"
            })
    void what_holds_no_key_is_told_without_what_it_holds(
            String reference, String secret, String expected) throws Exception {
        ModelException failure = failure(text(secret), reference);
        assertThat(failure.kind()).isEqualTo(Kind.NO_KEY);
        assertThat(failure)
                .hasMessageContaining("secret labs/models: ")
                .hasMessageContaining(expected)
                .hasMessageNotContaining("sk-held");
    }

    @Test
    void a_binary_secret_is_told() throws Exception {
        ModelException failure =
                failure(answer(200, "{\"Name\": \"x\", \"SecretBinary\": \"c2staGVsZA==\"}"), NAME);
        assertThat(failure).hasMessageContaining("expected text, got a binary secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | ResourceNotFoundException | NO_KEY | secret labs/models: expected a secret of this name, got none",
                "400 | AccessDeniedException | KEY_REFUSED | expected leave to read it (secretsmanager:GetSecretValue), got denied: why",
                "400 | UnrecognizedClientException | KEY_REFUSED | expected AWS credentials that are taken, got UnrecognizedClientException: why",
                "400 | ExpiredTokenException | KEY_REFUSED | expected AWS credentials that are taken, got ExpiredTokenException: why",
                "400 | DecryptionFailure | NO_KEY | secret labs/models: HTTP 400 DecryptionFailure: why",
                "400 | InvalidRequestException | NO_KEY | secret labs/models: HTTP 400 InvalidRequestException: why",
                "400 | ThrottlingException | RATE_LIMITED | HTTP 400 ThrottlingException: why",
                "500 | InternalServiceError | SERVER_ERROR | HTTP 500 InternalServiceError: why"
            })
    void what_aws_refuses_is_told_in_words(int status, String type, Kind kind, String expected)
            throws Exception {
        String body = "{\"__type\": \"%s\", \"message\": \"why %s\"}".formatted(type, KEY);
        try (StubServer server = new StubServer(answer(status, body))) {
            ModelException failure = failure(server.uri(), NAME);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure)
                    .hasMessageStartingWith(
                            "model-key-secret: AWS Secrets Manager in eu-central-1: ")
                    .hasMessageContaining(expected);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void nobody_there_and_nobody_answering_are_told() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        assertThat(failure(nobody, NAME).kind()).isEqualTo(Kind.UNREACHABLE);
        try (StubServer server = new StubServer(StubServer.silent())) {
            assertThat(failure(server.uri(), NAME).kind()).isEqualTo(Kind.TIMED_OUT);
            server.awaitHangUp();
        }
    }

    @Test
    void a_page_is_no_secret() throws Exception {
        byte[] page = StubWire.bytes("<html>Welcome</html>");
        assertThat(failure(StubServer.whole(200, "text/html", Map.of(), page), NAME))
                .hasMessageContaining("got a page of HTML");
    }

    /// What the environment says shows only in a process of its own.
    @Test
    void the_endpoint_and_the_credentials_are_found_as_aws_tools_find_them() throws Exception {
        String arn = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:labs/models-AbCdEf";
        try (StubServer server = new StubServer(text(HELD))) {
            Map<String, String> environment = new HashMap<>();
            environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", server.uri().toString());
            environment.put("AWS_ACCESS_KEY_ID", KEY_ID);
            environment.put("AWS_SECRET_ACCESS_KEY", KEY);
            assertThat(printed(environment, NAME))
                    .contains("model-key-secret: expected a region in AWS_REGION or ~/.aws");
            assertThat(printed(environment, arn)).isEqualTo(HELD);
            Signature.requireValid(
                    server.requests().getFirst(), KEY_ID, KEY, "eu-west-3", "secretsmanager");
            environment.put("AWS_REGION", "eu-central-1");
            assertThat(printed(environment, NAME)).isEqualTo(HELD);
            environment.remove("AWS_SECRET_ACCESS_KEY");
            assertThat(printed(environment, NAME))
                    .isEqualTo(
                            "model-key-secret: expected AWS credentials in the environment, in ~/.aws, or of the machine's role, got none");
            assertThat(server.requests()).hasSize(2);
        }
    }

    /// Prints the key of a reference, or why there is none.
    public static void main(String[] arguments) {
        try {
            System.out.print(AwsSecrets.read(arguments[0]));
        } catch (ModelException failure) {
            System.out.print(failure.getMessage());
        }
    }

    private String printed(Map<String, String> environment, String reference) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xshare:auto",
                                "-Duser.home=" + folder,
                                "-cp",
                                System.getProperty("java.class.path"),
                                AwsSecretsTest.class.getName(),
                                reference)
                        .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (InputStream printed = process.getInputStream()) {
            String text = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return text;
        } finally {
            process.destroyForcibly();
        }
    }

    private static StubServer.Answer text(String secret) {
        return answer(
                200,
                JSON.writeValueAsString(
                        Map.of("ARN", "arn", "Name", NAME, "SecretString", secret)));
    }

    private static StubServer.Answer answer(int status, String body) {
        return StubServer.whole(
                status, "application/x-amz-json-1.1", Map.of(), StubWire.bytes(body));
    }

    private static String read(StubServer.Answer answer, String reference) throws Exception {
        try (StubServer server = new StubServer(answer)) {
            return read(server.uri(), reference);
        }
    }

    private static String read(URI server, String reference) throws ModelException {
        return new AwsSecrets(
                        Optional.of(server),
                        "eu-central-1",
                        new AwsAccess.Credentials(KEY_ID, KEY, Optional.empty()),
                        Duration.ofSeconds(3))
                .read(SecretReference.parse(reference));
    }

    private static ModelException failure(StubServer.Answer answer, String reference)
            throws Exception {
        try (StubServer server = new StubServer(answer)) {
            return failure(server.uri(), reference);
        }
    }

    private static ModelException failure(URI server, String reference) {
        return ModelClientFixture.failure(() -> read(server, reference));
    }
}
