package aiv1.worker.http;

import aiv1.wire.Json;
import aiv1.wire.JsonFormatException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What is read from requests, each part within its limit; whatever is wrong is a [Problem].
final class Requests {
    /// Both parts of a candidate at their longest fit.
    static final int BODY_BYTES_MAX = 32 << 20;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

    private Requests() {}

    static JsonNode json(ServerRequest request, Duration silenceTimeMax) {
        byte[] body;
        try (InputStream in = new BodyStream(request, silenceTimeMax)) {
            body = in.readNBytes(BODY_BYTES_MAX + 1);
        } catch (IOException e) {
            throw new Problem(Status.BAD_REQUEST_400, "body: cannot be read: " + e.getMessage());
        }
        if (body.length > BODY_BYTES_MAX) {
            throw new Problem(
                    Status.REQUEST_ENTITY_TOO_LARGE_413,
                    "body: expected at most %d bytes, got more".formatted(BODY_BYTES_MAX));
        }
        try {
            return Json.parse(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString(),
                    "body");
        } catch (CharacterCodingException e) {
            throw new Problem(Status.BAD_REQUEST_400, "body: expected UTF-8, got other bytes");
        } catch (JsonFormatException e) {
            throw new Problem(Status.BAD_REQUEST_400, String.valueOf(e.getMessage()));
        }
    }

    /// A document's value; what is wrong with the document is the sender's fault.
    static <T> T read(JsonNode document, Function<JsonNode, T> reader) {
        try {
            return reader.apply(document);
        } catch (JsonFormatException | IllegalArgumentException e) {
            throw new Problem(Status.BAD_REQUEST_400, String.valueOf(e.getMessage()));
        }
    }

    /// A parameter of the path, such as an id.
    static <T> T path(ServerRequest request, String name, Function<String, T> constructor) {
        try {
            return constructor.apply(request.path().pathParameters().get(name));
        } catch (IllegalArgumentException e) {
            throw new Problem(Status.BAD_REQUEST_400, name + ": " + e.getMessage());
        }
    }

    /// A whole number of the query, >= 0.
    static OptionalLong number(ServerRequest request, String name) {
        Optional<String> text = request.query().first(name).asOptional();
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!NUMBER.matcher(text.get()).matches()) {
            throw new Problem(
                    Status.BAD_REQUEST_400,
                    name + ": expected a whole number >= 0, got another text");
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    /// Refuses whoever does not know the token. The time it takes tells nothing of the token.
    static void requireToken(ServerRequest request, String token) {
        String got = request.headers().value(HeaderNames.AUTHORIZATION).orElse("");
        if (!MessageDigest.isEqual(utf8("Bearer " + token), utf8(got))) {
            throw new Problem(
                    Status.UNAUTHORIZED_401,
                    got.isEmpty()
                            ? "authorization: expected 'Bearer TOKEN', got none"
                            : "authorization: this token is not the worker's");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
