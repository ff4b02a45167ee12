package aiv1.proposer.provider;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.StopReason;
import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The clients and their SDKs print nothing, and what the environment says does not change what
/// they send. That shows only in a process of its own: what logs binds its streams once, when it is
/// loaded.
@Timeout(120)
class QuietTest {
    @Test
    void nothing_is_printed_and_nothing_taken_from_the_environment() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xshare:auto",
                                "-cp",
                                System.getProperty("java.class.path"),
                                QuietTest.class.getName())
                        .redirectErrorStream(true);
        builder.environment()
                .putAll(
                        Map.of(
                                "ANTHROPIC_LOG", "debug",
                                "ANTHROPIC_API_KEY", "other",
                                "ANTHROPIC_AUTH_TOKEN", "other",
                                "ANTHROPIC_BASE_URL", "http://127.0.0.1:9",
                                "AWS_BEARER_TOKEN_BEDROCK", "other",
                                "AWS_ENDPOINT_URL", "http://127.0.0.1:9",
                                "AWS_ACCESS_KEY_ID", "other",
                                "AWS_REGION", "xx-other-1",
                                "OPENAI_API_KEY", "other"));
        Process process = builder.start();
        try (InputStream printed = process.getInputStream()) {
            assertThat(new String(printed.readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(3);
        } finally {
            process.destroyForcibly();
        }
    }

    /// A reply, a refusal and a stream that breaks, with each client; the exit code counts the
    /// clients that went through all.
    public static void main(String[] arguments) throws IOException {
        int went = 0;
        for (StubWire wire : List.of(new OpenAiWire(), new AnthropicWire(), new BedrockWire())) {
            String type = wire.streamType();
            ask(wire, wire.reply(StopReason.END, "ok"), 30);
            ask(wire, StubServer.cut(type, wire.opening(), wire.piece("half")), 30);
            ask(wire, wire.refusal(500, Map.of(), "no"), 30);
            ask(wire, StubServer.stall(type, wire.opening()), 1);
            went++;
        }
        System.exit(went);
    }

    private static void ask(StubWire wire, StubServer.Answer answer, int seconds)
            throws IOException {
        try (StubServer server = new StubServer(answer);
                ModelClient client = wire.client(server.uri(), Duration.ofSeconds(seconds))) {
            client.ask(StubWire.REQUEST, _ -> {});
            wire.requireValid(server.requests().getFirst());
        } catch (ModelException failure) {
            if (failure.kind() == ModelException.Kind.NOT_A_MODEL_SERVER) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
