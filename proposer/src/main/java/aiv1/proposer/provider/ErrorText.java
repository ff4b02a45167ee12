package aiv1.proposer.provider;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a server says is wrong, found in the body of its answer.
final class ErrorText {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> PLACES =
            List.of("/error/message", "/message", "/Message", "/detail", "/error", "/detail/0/msg");

    private ErrorText() {}

    /// The message of an error object; nothing of a page, for its text says nothing to us; and else
    /// the body as it is.
    static String of(String body) {
        String text = body.strip();
        if (text.startsWith("<")) {
            return "a page of HTML or XML";
        }
        if (!text.startsWith("{")) {
            return text;
        }
        try {
            return of(JSON.readTree(text));
        } catch (JacksonException notJson) {
            return text;
        }
    }

    static String of(JsonNode object) {
        return PLACES.stream()
                .map(object::at)
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .findFirst()
                .orElseGet(object::toString);
    }
}
