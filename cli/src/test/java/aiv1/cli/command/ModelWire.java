package aiv1.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import tools.jackson.databind.json.JsonMapper;

/// A reply with a whole codec as each provider streams it, after the providers' references.
final class ModelWire {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ModelWire() {}

    static String openAi() throws IOException {
        String chunk =
                "data: {\"id\": \"c\", \"object\": \"chat.completion.chunk\", \"model\": \"gpt-5-mini\", ";
        return chunk
                + "\"choices\": [{\"index\": 0, \"delta\": {\"content\": "
                + JSON.writeValueAsString(Replies.stillPictures())
                + "}}]}\n\n"
                + chunk
                + "\"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"stop\"}]}\n\n"
                + chunk
                + "\"choices\": [], \"usage\": {\"prompt_tokens\": 2000, \"completion_tokens\": 900, \"prompt_tokens_details\": {\"cached_tokens\": 1000}}}\n\n"
                + "data: [DONE]\n\n";
    }

    static String anthropic() throws IOException {
        return event(
                        "message_start",
                        "\"message\": {\"id\": \"m\", \"type\": \"message\", \"role\": \"assistant\", \"model\": \"claude-haiku-4-5\", \"content\": [], \"stop_reason\": null, \"stop_sequence\": null, \"usage\": {\"input_tokens\": 900, \"cache_creation_input_tokens\": 0, \"cache_read_input_tokens\": 1100, \"output_tokens\": 1}}")
                + event(
                        "content_block_start",
                        "\"index\": 0, \"content_block\": {\"type\": \"text\", \"text\": \"\"}")
                + event(
                        "content_block_delta",
                        "\"index\": 0, \"delta\": {\"type\": \"text_delta\", \"text\": "
                                + JSON.writeValueAsString(Replies.stillPictures())
                                + "}")
                + event("content_block_stop", "\"index\": 0")
                + event(
                        "message_delta",
                        "\"delta\": {\"stop_reason\": \"end_turn\", \"stop_sequence\": null}, \"usage\": {\"output_tokens\": 900}")
                + event("message_stop", "\"done\": true");
    }

    private static String event(String type, String rest) {
        return "event: %s\ndata: {\"type\": \"%s\", %s}\n\n".formatted(type, type, rest);
    }

    /// ConverseStream: one frame for each event.
    static byte[] bedrock() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (String[] event :
                new String[][] {
                    {"messageStart", "{\"role\": \"assistant\"}"},
                    {
                        "contentBlockDelta",
                        "{\"contentBlockIndex\": 0, \"delta\": {\"text\": %s}}"
                                .formatted(JSON.writeValueAsString(Replies.stillPictures()))
                    },
                    {"contentBlockStop", "{\"contentBlockIndex\": 0}"},
                    {"messageStop", "{\"stopReason\": \"end_turn\"}"},
                    {
                        "metadata",
                        "{\"metrics\": {\"latencyMs\": 5}, \"usage\": {\"inputTokens\": 900, \"cacheReadInputTokens\": 1100, \"cacheWriteInputTokens\": 0, \"outputTokens\": 900, \"totalTokens\": 2900}}"
                    }
                }) {
            stream.writeBytes(bedrockFrame(":event-type", event[0], "event", event[1]));
        }
        return stream.toByteArray();
    }

    /// A failure within a stream of Bedrock's.
    static byte[] bedrockException(String type, String message) {
        return bedrockFrame(
                ":exception-type", type, "exception", "{\"message\": \"" + message + "\"}");
    }

    /// After "Event stream encoding" in AWS's references: the lengths of all and of the headers, a
    /// CRC of both, headers of kind 7 (text), the payload, a CRC of all.
    private static byte[] bedrockFrame(
            String typeHeader, String type, String kind, String payload) {
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        for (String[] header :
                new String[][] {
                    {typeHeader, type},
                    {":content-type", "application/json"},
                    {":message-type", kind}
                }) {
            headers.write(header[0].length());
            headers.writeBytes(header[0].getBytes(StandardCharsets.UTF_8));
            headers.write(7);
            headers.write(header[1].length() >> 8);
            headers.write(header[1].length());
            headers.writeBytes(header[1].getBytes(StandardCharsets.UTF_8));
        }
        int length = 16 + headers.size() + body.length;
        ByteBuffer frame = ByteBuffer.allocate(length).putInt(length).putInt(headers.size());
        frame.putInt(checksum(frame.array(), 8)).put(headers.toByteArray()).put(body);
        return frame.putInt(checksum(frame.array(), length - 4)).array();
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
