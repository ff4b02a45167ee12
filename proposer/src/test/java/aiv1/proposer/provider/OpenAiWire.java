package aiv1.proposer.provider;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
import aiv1.proposer.model.ModelClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// OpenAI's chat completions, after the API reference ("Create chat completion", streaming).
final class OpenAiWire implements StubWire {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public ModelClient client(URI server, Duration timeout) {
        return new OpenAiClient(server.resolve("/v1"), MODEL, Optional.of(KEY), timeout);
    }

    @Override
    public TokenUsage tokens() {
        return new TokenUsage(100, 40, 0, 7);
    }

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    static byte[] chunk(String choices, String rest) {
        return StubWire.bytes(before() + choices + after(rest));
    }

    private static String before() {
        return "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\""
                + MODEL
                + "\",\"choices\":[";
    }

    private static String after(String rest) {
        return "]" + rest + "}\n\n";
    }

    @Override
    public byte[] opening() {
        return chunk(
                "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},"
                        + "\"logprobs\":null,\"finish_reason\":null}",
                ",\"usage\":null");
    }

    @Override
    public byte[] piece(byte[] text) {
        return StubWire.around(
                before() + "{\"index\":0,\"delta\":{\"content\":\"",
                text,
                "\"},\"finish_reason\":null}" + after(",\"usage\":null"));
    }

    @Override
    public byte[] closing(StopReason stop) {
        String reason =
                switch (stop) {
                    case MAX_TOKENS -> "length";
                    case REFUSAL -> "content_filter";
                    case END, CUT_OFF -> "stop";
                };
        byte[] last =
                chunk(
                        "{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}",
                        ",\"usage\":null");
        byte[] usage =
                chunk(
                        "",
                        ",\"usage\":{\"prompt_tokens\":140,\"completion_tokens\":7,"
                                + "\"total_tokens\":147,"
                                + "\"prompt_tokens_details\":{\"cached_tokens\":40}}");
        return StubWire.around(new String(last, StandardCharsets.UTF_8), usage, "data: [DONE]\n\n");
    }

    @Override
    public byte[] overloaded() {
        return StubWire.bytes(
                "data: {\"error\":{\"code\":503,\"message\":\"too much to do\"}}\n\n");
    }

    @Override
    public byte[] error(int status, String message) {
        return StubWire.bytes(
                "{\"error\":{\"message\":\""
                        + message
                        + "\",\"type\":\"some_error\",\"param\":null,\"code\":null}}");
    }

    @Override
    public StubServer.Answer known() {
        return StubServer.whole(
                200,
                "application/json",
                Map.of(),
                StubWire.bytes(
                        "{\"object\":\"list\",\"data\":[{\"id\":\"other\",\"object\":\"model\"},"
                                + "{\"id\":\""
                                + MODEL
                                + "\",\"object\":\"model\"}]}"));
    }

    @Override
    public void requireValid(StubServer.Request request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.header("authorization")).isEqualTo("Bearer " + KEY);
        assertThat(request.header("content-type")).isEqualTo("application/json");
        JsonNode expected =
                JSON.readTree(
                        """
                        {"model": "test-model",
                         "messages": [
                           {"role": "system", "content": "You invent video codecs."},
                           {"role": "user", "content": "Invent: größer \\"besser\\""}],
                         "max_tokens": 4096,
                         "stream": true,
                         "stream_options": {"include_usage": true}}
                        """);
        assertThat(JSON.readTree(request.body())).isEqualTo(expected);
    }
}
