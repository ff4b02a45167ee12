package aiv1.proposer.provider;

import static aiv1.proposer.provider.StubWire.KEY;
import static aiv1.proposer.provider.StubWire.MODEL;
import static aiv1.proposer.provider.StubWire.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.campaign.StopReason;
import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException.Kind;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BedrockClientTest extends ModelClientContract {
    BedrockClientTest() {
        super(new BedrockWire());
    }

    @Test
    void marks_the_system_text_where_there_is_a_cache() throws Exception {
        String model = "eu.anthropic.claude-test-v1:0";
        try (StubServer server = new StubServer(wire.reply(StopReason.END, "ok"));
                ModelClient client =
                        BedrockWire.client(server.uri(), model, LONG, Optional.of("TOKEN" + KEY))) {
            assertThat(client.ask(REQUEST, _ -> {}).model()).isEqualTo(model);
            StubServer.Request request = server.requests().getFirst();
            assertThat(request.path())
                    .isEqualTo("/model/eu.anthropic.claude-test-v1%3A0/converse-stream");
            assertThat(request.text())
                    .contains(
                            "{\"text\":\"You invent video codecs.\"},"
                                    + "{\"cachePoint\":{\"type\":\"default\"}}");
            assertThat(request.header("x-amz-security-token")).isEqualTo("TOKEN" + KEY);
            BedrockWire.requireSigned(request);
        }
    }

    @Test
    void a_check_counts_tokens_for_the_model_of_a_profile() throws Exception {
        try (StubServer server = new StubServer(wire.known());
                ModelClient client =
                        BedrockWire.client(
                                server.uri(),
                                "eu.anthropic.claude-test-v1:0",
                                LONG,
                                Optional.empty())) {
            client.check();
            assertThat(server.requests()).hasSize(1);
            StubServer.Request request = server.requests().getFirst();
            assertThat(request.path())
                    .isEqualTo("/model/anthropic.claude-test-v1%3A0/count-tokens");
            assertThat(request.text())
                    .isEqualTo(
                            "{\"input\":{\"converse\":{\"messages\":[{\"role\":\"user\",\"content\":"
                                    + "[{\"text\":\"Answer with: ok\"}]}]}}}");
            BedrockWire.requireSigned(request);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void a_check_asks_for_a_word_where_tokens_are_not_counted(int status) throws Exception {
        StubServer.Answer refusal =
                wire.refusal(status, Map.of(), "The provided model doesn't support counting.");
        StubServer.Answer word = wire.reply(StopReason.MAX_TOKENS, "ok");
        StubServer.Answer answer =
                (request, connection) ->
                        (request.path().endsWith("/count-tokens") ? refusal : word)
                                .write(request, connection);
        try (StubServer server = new StubServer(answer);
                ModelClient client = wire.client(server.uri(), LONG)) {
            client.check();
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().getLast().text()).contains("\"maxTokens\":1}");
        }
    }

    @Test
    void an_unknown_model_is_told_in_words() throws Exception {
        requireKind(
                Kind.UNKNOWN_MODEL,
                wire.refusal(400, Map.of(), "The provided model identifier is invalid."));
    }

    @Test
    void speaks_to_aws_itself_without_an_endpoint() {
        AwsAccess.Credentials credentials =
                new AwsAccess.Credentials(BedrockWire.KEY_ID, KEY, Optional.empty());
        assertThat(credentials.toString()).doesNotContain(KEY).doesNotContain(BedrockWire.KEY_ID);
        try (ModelClient client =
                new BedrockClient(Optional.empty(), "us-east-1", MODEL, credentials, LONG)) {
            assertThat(client.provider()).isEqualTo("bedrock");
        }
        assertThatThrownBy(
                        () ->
                                new BedrockClient(
                                        Optional.of(URI.create("http://localhost:1")),
                                        "../x",
                                        MODEL,
                                        credentials,
                                        LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("region");
    }
}
