package aiv1.proposer.provider;

import aiv1.domain.campaign.StopReason;
import aiv1.domain.campaign.TokenUsage;
import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// How one provider speaks on the wire, written after its reference and apart from the client that
/// is tested against it.
interface StubWire {
    String KEY = "SECRETKEY0123456789abcdefghij";
    String MODEL = "test-model";
    ModelRequest REQUEST =
            new ModelRequest("c-1", "You invent video codecs.", "Invent: größer \"besser\"", 4096);

    ModelClient client(URI server, Duration timeout);

    /// Counts that this provider is able to send, none of them 0 where it can help it.
    TokenUsage tokens();

    /// The content type of a stream.
    String streamType();

    /// What comes before any text; the tokens of the prompt may be in it.
    byte[] opening();

    /// A piece of text. Its bytes need not be UTF-8 but must not need escaping in JSON.
    byte[] piece(byte[] text);

    /// What comes after the text.
    byte[] closing(StopReason stop);

    /// A failure in the middle of the stream: the server has too much to do.
    byte[] overloaded();

    /// The body of an answer that is an error.
    byte[] error(int status, String message);

    /// The answer to a check by a server that knows the model.
    StubServer.Answer known();

    /// Asserts that a request is what the provider expects for [#REQUEST].
    void requireValid(StubServer.Request request);

    default byte[] piece(String text) {
        return piece(bytes(text));
    }

    default StubServer.Answer reply(StopReason stop, String... texts) {
        byte[][] parts = new byte[texts.length + 2][];
        parts[0] = opening();
        for (int i = 0; i < texts.length; i++) {
            parts[i + 1] = piece(texts[i]);
        }
        parts[texts.length + 1] = closing(stop);
        return StubServer.stream(streamType(), parts);
    }

    default StubServer.Answer refusal(int status, Map<String, String> headers, String message) {
        return StubServer.whole(status, "application/json", headers, error(status, message));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// `before`, the text, `after`.
    static byte[] around(String before, byte[] text, String after) {
        byte[] head = bytes(before);
        byte[] tail = bytes(after);
        byte[] all = new byte[head.length + text.length + tail.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(text, 0, all, head.length, text.length);
        System.arraycopy(tail, 0, all, head.length + text.length, tail.length);
        return all;
    }
}
