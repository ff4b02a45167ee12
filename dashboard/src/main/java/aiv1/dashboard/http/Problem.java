package aiv1.dashboard.http;

import aiv1.wire.Json;
import io.helidon.http.Status;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A request that is refused: becomes a document as RFC 9457 has it, `application/problem+json`.
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Status status;

    Problem(Status status, String detail) {
        super(detail);
        this.status = status;
    }

    static Problem badRequest(String detail) {
        return new Problem(Status.BAD_REQUEST_400, detail);
    }

    static Problem notFound(String detail) {
        return new Problem(Status.NOT_FOUND_404, detail);
    }

    Status status() {
        return status;
    }

    String json() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("type", "about:blank");
        object.put("title", status.reasonPhrase());
        object.put("status", status.code());
        object.put("detail", getMessage());
        return Json.line(object);
    }
}
