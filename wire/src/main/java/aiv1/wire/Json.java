package aiv1.wire;

import java.util.Collection;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON as text: one strict way in, and two ways out that always give the same text for the same
/// document.
public final class Json {
    /// Longest document, in UTF-16 units.
    public static final int DOCUMENT_LENGTH_MAX = 64 << 20;

    /// Longest single string, in UTF-16 units: twice what a candidate's part may have.
    public static final int STRING_LENGTH_MAX = 8 << 20;

    /// Deepest nesting; our own documents need six.
    public static final int NESTING_DEPTH_MAX = 64;

    private static final int NUMBER_LENGTH_MAX = 100;
    private static final int NAME_LENGTH_MAX = 1000;

    private static final JsonMapper MAPPER = mapper();
    private static final DefaultPrettyPrinter PRETTY = prettyPrinter();

    private Json() {}

    /// The document over several lines, indented by two spaces, for people; ends in a line end.
    public static String pretty(JsonNode document) {
        return MAPPER.writer().with(PRETTY).writeValueAsString(document) + "\n";
    }

    /// The document on one line without a line end, for streams and stored rows.
    public static String line(JsonNode document) {
        return MAPPER.writeValueAsString(document);
    }

    /// Reads exactly one document. Refuses repeated keys, anything after the document, and whatever
    /// is larger or deeper than the limits above; `where` names the text in messages, such as a
    /// file's name.
    public static JsonNode parse(String text, String where) {
        if (text.length() > DOCUMENT_LENGTH_MAX) {
            throw new JsonFormatException(
                    where,
                    "at most " + DOCUMENT_LENGTH_MAX + " characters",
                    String.valueOf(text.length()));
        }
        if (text.isBlank()) {
            throw new JsonFormatException(where, "one JSON document", "nothing");
        }
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException refused) {
            throw new JsonFormatException(
                    where + position(refused),
                    "one JSON document",
                    refused.getOriginalMessage(),
                    refused);
        }
    }

    /// As [#parse(String, String)], for a text that may not be longer than `lengthMax` characters.
    static JsonNode parse(String text, String where, int lengthMax) {
        if (text.length() > lengthMax) {
            throw new JsonFormatException(
                    where, "at most " + lengthMax + " characters", String.valueOf(text.length()));
        }
        return parse(text, where);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    static void put(ObjectNode object, String name, Optional<String> text) {
        text.ifPresentOrElse(present -> object.put(name, present), () -> object.putNull(name));
    }

    /// Puts a number that is one; NaN and the infinities are never written.
    static void putFinite(ObjectNode object, String where, String name, double value) {
        if (!Double.isFinite(value)) {
            throw new JsonFormatException(
                    where + "." + name, "a finite number", Double.toString(value));
        }
        object.put(name, value);
    }

    /// A document that is too large is refused without a position.
    private static String position(JacksonException refused) {
        return Optional.ofNullable(refused.getLocation())
                .map(at -> ": line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()))
                .orElse("");
    }

    private static JsonMapper mapper() {
        StreamReadConstraints constraints =
                StreamReadConstraints.builder()
                        .maxDocumentLength(DOCUMENT_LENGTH_MAX)
                        .maxStringLength(STRING_LENGTH_MAX)
                        .maxNestingDepth(NESTING_DEPTH_MAX)
                        .maxNumberLength(NUMBER_LENGTH_MAX)
                        .maxNameLength(NAME_LENGTH_MAX)
                        .build();
        JsonFactory factory = JsonFactory.builder().streamReadConstraints(constraints).build();
        return JsonMapper.builder(factory)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    private static DefaultPrettyPrinter prettyPrinter() {
        Separators separators =
                Separators.createDefaultInstance()
                        .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator("");
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(separators)
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
    }
}
