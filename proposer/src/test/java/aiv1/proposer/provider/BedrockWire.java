package aiv1.proposer.provider;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
import aiv1.proposer.model.ModelClient;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Bedrock's ConverseStream, after the API reference, in frames after "Event stream encoding" of
/// Amazon Transcribe, which is the same for all of AWS.
final class BedrockWire implements StubWire {
    static final String KEY_ID = "AKIAEXAMPLEEXAMPLE00";
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public ModelClient client(URI server, Duration timeout) {
        return client(server, MODEL, timeout, Optional.empty());
    }

    static ModelClient client(
            URI server, String model, Duration timeout, Optional<String> sessionToken) {
        return new BedrockClient(
                Optional.of(server),
                "eu-central-1",
                model,
                new AwsAccess.Credentials(KEY_ID, KEY, sessionToken),
                timeout);
    }

    @Override
    public TokenUsage tokens() {
        return new TokenUsage(100, 40, 30, 7);
    }

    @Override
    public String streamType() {
        return "application/vnd.amazon.eventstream";
    }

    private static byte[] event(String type, byte[] payload) {
        return frame(":event-type", type, "event", payload);
    }

    private static byte[] frame(String typeHeader, String type, String kind, byte[] payload) {
        byte[] headers =
                join(
                        header(typeHeader, type),
                        header(":content-type", "application/json"),
                        header(":message-type", kind));
        int length = 12 + headers.length + payload.length + 4;
        ByteBuffer frame = ByteBuffer.allocate(length);
        frame.putInt(length).putInt(headers.length);
        frame.putInt(checksum(frame.array(), 8));
        frame.put(headers).put(payload);
        frame.putInt(checksum(frame.array(), length - 4));
        return frame.array();
    }

    private static byte[] header(String name, String value) {
        byte[] nameBytes = StubWire.bytes(name);
        byte[] valueBytes = StubWire.bytes(value);
        return ByteBuffer.allocate(1 + nameBytes.length + 3 + valueBytes.length)
                .put((byte) nameBytes.length)
                .put(nameBytes)
                .put((byte) 7)
                .putShort((short) valueBytes.length)
                .put(valueBytes)
                .array();
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static byte[] join(byte[]... parts) {
        byte[] all = new byte[0];
        for (byte[] part : parts) {
            byte[] longer = new byte[all.length + part.length];
            System.arraycopy(all, 0, longer, 0, all.length);
            System.arraycopy(part, 0, longer, all.length, part.length);
            all = longer;
        }
        return all;
    }

    @Override
    public byte[] opening() {
        return event("messageStart", StubWire.bytes("{\"p\":\"abc\",\"role\":\"assistant\"}"));
    }

    @Override
    public byte[] piece(byte[] text) {
        return event(
                "contentBlockDelta",
                StubWire.around(
                        "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"",
                        text,
                        "\"},\"p\":\"abcdef\"}"));
    }

    @Override
    public byte[] closing(StopReason stop) {
        String reason =
                switch (stop) {
                    case MAX_TOKENS -> "max_tokens";
                    case REFUSAL -> "content_filtered";
                    case END, CUT_OFF -> "end_turn";
                };
        return join(
                event("contentBlockStop", StubWire.bytes("{\"contentBlockIndex\":0}")),
                event("messageStop", StubWire.bytes("{\"stopReason\":\"" + reason + "\"}")),
                event(
                        "metadata",
                        StubWire.bytes(
                                "{\"metrics\":{\"latencyMs\":5},\"usage\":{\"inputTokens\":100,"
                                        + "\"cacheReadInputTokens\":40,"
                                        + "\"cacheWriteInputTokens\":30,"
                                        + "\"outputTokens\":7,\"totalTokens\":177}}")));
    }

    @Override
    public byte[] overloaded() {
        return frame(
                ":exception-type",
                "serviceUnavailableException",
                "exception",
                StubWire.bytes("{\"message\":\"too much to do\"}"));
    }

    @Override
    public byte[] error(int status, String message) {
        return StubWire.bytes("{\"message\":\"" + message + "\"}");
    }

    @Override
    public StubServer.Answer known() {
        return StubServer.whole(
                200, "application/json", Map.of(), StubWire.bytes("{\"inputTokens\": 12}"));
    }

    @Override
    public void requireValid(StubServer.Request request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/model/test-model/converse-stream");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        JsonNode expected =
                JSON.readTree(
                        """
                        {"system": [{"text": "You invent video codecs."}],
                         "messages": [
                           {"role": "user",
                            "content": [{"text": "Invent: größer \\"besser\\""}]}],
                         "inferenceConfig": {"maxTokens": 4096}}
                        """);
        assertThat(JSON.readTree(request.body())).isEqualTo(expected);
        requireSigned(request);
    }

    static void requireSigned(StubServer.Request request) {
        try {
            Signature.requireValid(request, KEY_ID, KEY, "eu-central-1", "bedrock");
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
