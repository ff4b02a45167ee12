package aiv1.proposer.provider;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;

/// Puts replacement characters in place of bytes that are not UTF-8 in the frames of an event
/// stream: the SDK would give up the whole reply for one of them.
final class BedrockFrames {
    static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

    private final MessageDecoder decoder = new MessageDecoder();

    /// The frames that are whole by now, perhaps none; throws when this is no event stream.
    ByteBuffer pass(ByteBuffer arrived) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        decoder.feed(arrived);
        for (Message message : decoder.getDecodedMessages()) {
            String text = new String(message.getPayload(), StandardCharsets.UTF_8);
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            new Message(message.getHeaders(), payload).encode(whole);
        }
        return ByteBuffer.wrap(whole.toByteArray());
    }
}
