package aiv1.dashboard.board;

import aiv1.wire.JsonFormatException;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What lists need of a recorded document, read without the rest: of a document of 12 kB most is
/// the numbers of its runs, and a page over very many documents reads each of them when it starts.
///
/// Of runs only outcomes and labels are kept. Runs without labels, on one line as this program
/// writes them, are not even parsed: their outcomes are counted in the text, where an unescaped
/// quote is never part of a string. All others are parsed.
final class LeanDocument {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String RUNS = "runs";
    private static final String RUNS_BEGIN = "\"runs\":[";
    private static final String MEASURED_RUN = "\"outcome\":\"measured\"";
    private static final String SOME_LABEL = "\"labels\":[\"";
    private static final Set<String> LEFT_OUT =
            Set.of("provenance", "build", "limit_class", "schema");
    private static final Set<String> OF_A_RUN = Set.of("outcome", "labels");

    private LeanDocument() {}

    /// `where` names the document in messages.
    static JsonNode read(String text, String where) {
        int from = text.indexOf(RUNS_BEGIN);
        int end = from < 0 ? -1 : endOfArray(text, from + RUNS_BEGIN.length());
        if (end < 0 || text.indexOf(SOME_LABEL, from, end) >= 0) {
            return parsed(text, where);
        }
        ObjectNode document =
                parsed(text.substring(0, from) + "\"runs\":[" + text.substring(end), where);
        ArrayNode runs = document.putArray(RUNS);
        int at = text.indexOf(MEASURED_RUN, from, end);
        while (at >= 0) {
            runs.addObject().put("outcome", Entry.MEASURED);
            at = text.indexOf(MEASURED_RUN, at + 1, end);
        }
        return document;
    }

    /// Where the bracket is that closes an array whose first element begins at `from`; -1 when
    /// there is none.
    private static int endOfArray(String text, int from) {
        int depth = 1;
        boolean isText = false;
        for (int at = from; at < text.length(); at++) {
            char character = text.charAt(at);
            if (isText) {
                if (character == '\\') {
                    at++;
                } else if (character == '"') {
                    isText = false;
                }
            } else if (character == '"') {
                isText = true;
            } else if (character == '[' || character == '{') {
                depth++;
            } else if (character == ']' || character == '}') {
                depth--;
                if (depth == 0) {
                    return at;
                }
            }
        }
        return -1;
    }

    private static ObjectNode parsed(String text, String where) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonFormatException(
                        where, "an object", String.valueOf(parser.currentToken()));
            }
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (LEFT_OUT.contains(name)) {
                    parser.skipChildren();
                } else if (name.equals(RUNS) && parser.isExpectedStartArrayToken()) {
                    document.set(name, runs(parser));
                } else {
                    document.set(name, parser.readValueAsTree());
                }
            }
            return document;
        } catch (JacksonException refused) {
            throw new JsonFormatException(
                    where, "one JSON document", refused.getOriginalMessage(), refused);
        }
    }

    private static ArrayNode runs(JsonParser parser) {
        ArrayNode runs = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            ObjectNode run = runs.addObject();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (OF_A_RUN.contains(name)) {
                    run.set(name, parser.readValueAsTree());
                } else {
                    parser.skipChildren();
                }
            }
        }
        return runs;
    }
}
