package aiv1.proposer.provider;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
import aiv1.proposer.model.ModelClient;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Anthropic's messages, after the API reference ("Streaming messages", "Errors", "Models"). The
/// version is the one that SDK 3.12.0 asks for.
final class AnthropicWire implements StubWire {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public ModelClient client(URI server, Duration timeout) {
        return new AnthropicClient(server, MODEL, KEY, timeout);
    }

    @Override
    public TokenUsage tokens() {
        return new TokenUsage(100, 40, 30, 7);
    }

    @Override
    public String streamType() {
        return "text/event-stream; charset=utf-8";
    }

    private static String event(String type, String rest) {
        return "event: %s\ndata: {\"type\":\"%s\"%s}\n\n".formatted(type, type, rest);
    }

    @Override
    public byte[] opening() {
        return StubWire.bytes(
                event(
                                "message_start",
                                """
                                ,"message":{"id":"msg_1","type":"message","role":"assistant",\
                                "model":"test-model","content":[],"stop_reason":null,\
                                "stop_sequence":null,"usage":{"input_tokens":100,\
                                "cache_creation_input_tokens":30,"cache_read_input_tokens":40,\
                                "output_tokens":1}}""")
                        + event(
                                "content_block_start",
                                ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
                        + event("ping", ""));
    }

    @Override
    public byte[] piece(byte[] text) {
        return StubWire.around(
                "event: content_block_delta\n"
                        + "data: {\"type\":\"content_block_delta\",\"index\":0,"
                        + "\"delta\":{\"type\":\"text_delta\",\"text\":\"",
                text,
                "\"}}\n\n");
    }

    @Override
    public byte[] closing(StopReason stop) {
        String reason =
                switch (stop) {
                    case MAX_TOKENS -> "max_tokens";
                    case REFUSAL -> "refusal";
                    case END, CUT_OFF -> "end_turn";
                };
        return StubWire.bytes(
                event("content_block_stop", ",\"index\":0")
                        + event(
                                "message_delta",
                                ",\"delta\":{\"stop_reason\":\""
                                        + reason
                                        + "\",\"stop_sequence\":null},"
                                        + "\"usage\":{\"output_tokens\":7}")
                        + event("message_stop", ""));
    }

    @Override
    public byte[] overloaded() {
        return StubWire.bytes(
                event(
                        "error",
                        ",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}"));
    }

    @Override
    public byte[] error(int status, String message) {
        return StubWire.bytes(
                "{\"type\":\"error\",\"error\":{\"type\":\"some_error\",\"message\":\""
                        + message
                        + "\"},\"request_id\":\"req_1\"}");
    }

    @Override
    public StubServer.Answer known() {
        return StubServer.whole(
                200,
                "application/json",
                Map.of(),
                StubWire.bytes(
                        "{\"type\":\"model\",\"id\":\"test-model\",\"display_name\":\"Test\","
                                + "\"created_at\":\"2025-02-19T00:00:00Z\"}"));
    }

    @Override
    public void requireValid(StubServer.Request request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/messages");
        assertThat(request.header("x-api-key")).isEqualTo(KEY);
        assertThat(request.headers()).doesNotContainKey("authorization");
        assertThat(request.header("anthropic-version")).isEqualTo("2026-10-21");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        JsonNode expected =
                JSON.readTree(
                        """
                        {"model": "test-model",
                         "max_tokens": 4096,
                         "system": [{"type": "text", "text": "You invent video codecs.",
                                     "cache_control": {"type": "ephemeral"}}],
                         "messages": [
                           {"role": "user", "content": "Invent: größer \\"besser\\""}],
                         "stream": true}
                        """);
        assertThat(JSON.readTree(request.body())).isEqualTo(expected);
    }
}
