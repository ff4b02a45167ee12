package aiv1.dashboard.http;

import aiv1.domain.Sha256;
import aiv1.wire.Json;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// How answers are sent: type, caching, and nothing again that the browser has.
final class Answers {
    private Answers() {}

    /// A document that may be another one next time; a weak ETag spares sending it again.
    static void json(ServerRequest request, ServerResponse response, JsonNode document) {
        json(request, response, Json.line(document).getBytes(StandardCharsets.UTF_8));
    }

    /// The same, for one that is text already.
    static void json(ServerRequest request, ServerResponse response, byte[] bytes) {
        tagged(
                request,
                response,
                "application/json",
                "no-cache",
                "W/\"" + Sha256.of(bytes).substring(0, 24) + "\"",
                bytes);
    }

    /// Bytes that stay as they are under this address.
    static void immutable(
            ServerRequest request, ServerResponse response, String type, String tag, byte[] bytes) {
        tagged(
                request,
                response,
                type,
                "public, max-age=31536000, immutable",
                "\"" + tag + "\"",
                bytes);
    }

    static void tagged(
            ServerRequest request,
            ServerResponse response,
            String type,
            String caching,
            String tag,
            byte[] bytes) {
        response.header(HeaderValues.create(HeaderNames.ETAG, tag));
        response.header(HeaderValues.create(HeaderNames.CACHE_CONTROL, caching));
        if (request.headers().value(HeaderNames.IF_NONE_MATCH).filter(tag::equals).isPresent()) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, type));
        response.send(bytes);
    }
}
