package aiv1.wire;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A JSON object being read: every field is asked for by name and type, and what is wrong is told
/// with its path.
///
/// A field that is missing and one that is `null` are the same: absent. Fields nobody asks for are
/// ignored, so that later versions may add some.
final class JsonFields {
    private static final int SHOWN_LENGTH_MAX = 80;

    private final JsonNode node;
    private final String where;

    private JsonFields(JsonNode node, String where) {
        this.node = node;
        this.where = where;
    }

    static JsonFields of(JsonNode node, String where) {
        if (!node.isObject()) {
            throw new JsonFormatException(where, "an object", shown(node));
        }
        return new JsonFields(node, where);
    }

    /// The same fields under another name in messages.
    JsonFields named(String name) {
        return new JsonFields(node, name);
    }

    boolean isAbsent(String name) {
        return node.path(name).isMissingNode() || node.path(name).isNull();
    }

    String text(String name) {
        JsonNode field = node.path(name);
        if (!field.isString()) {
            throw wrong(name, "a text");
        }
        return field.stringValue();
    }

    Optional<String> optionalText(String name) {
        return isAbsent(name) ? Optional.empty() : Optional.of(text(name));
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isString()) {
                throw new JsonFormatException(
                        "%s.%s[%d]".formatted(where, name, texts.size()), "a text", shown(element));
            }
            texts.add(element.stringValue());
        }
        return texts;
    }

    boolean truth(String name) {
        JsonNode field = node.path(name);
        if (!field.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return field.booleanValue();
    }

    int integer(String name) {
        JsonNode field = node.path(name);
        if (!field.isIntegralNumber() || !field.canConvertToInt()) {
            throw wrong(name, "a whole number of 32 bits");
        }
        return field.intValue();
    }

    OptionalInt optionalInteger(String name) {
        return isAbsent(name) ? OptionalInt.empty() : OptionalInt.of(integer(name));
    }

    long wholeNumber(String name) {
        JsonNode field = node.path(name);
        if (!field.isIntegralNumber() || !field.canConvertToLong()) {
            throw wrong(name, "a whole number of 64 bits");
        }
        return field.longValue();
    }

    OptionalLong optionalWholeNumber(String name) {
        return isAbsent(name) ? OptionalLong.empty() : OptionalLong.of(wholeNumber(name));
    }

    double number(String name) {
        double value = decimal(name).doubleValue();
        if (!Double.isFinite(value)) {
            throw wrong(name, "a finite number");
        }
        return value;
    }

    Duration seconds(String name) {
        return Seconds.find(decimal(name))
                .orElseThrow(() -> wrong(name, "seconds, in whole nanoseconds"));
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException refused) {
            throw new JsonFormatException(
                    where + "." + name,
                    "a time such as 2026-01-31T12:00:00Z",
                    shown(node.path(name)),
                    refused);
        }
    }

    JsonFields object(String name) {
        return of(node.path(name), where + "." + name);
    }

    Optional<JsonFields> optionalObject(String name) {
        return isAbsent(name) ? Optional.empty() : Optional.of(object(name));
    }

    List<JsonFields> objects(String name) {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode element : array(name)) {
            objects.add(of(element, "%s.%s[%d]".formatted(where, name, objects.size())));
        }
        return objects;
    }

    /// The one of `values` whose label the field holds.
    <E> E oneOf(String name, E[] values, Function<E, String> label) {
        JsonNode wanted = node.path(name);
        for (E value : values) {
            if (wanted.isString() && label.apply(value).equals(wanted.stringValue())) {
                return value;
            }
        }
        throw wrong(
                name,
                Arrays.stream(values).map(label).collect(Collectors.joining(", ", "one of ", "")));
    }

    /// A value made from a text, such as an id.
    <T> T value(String name, Function<String, T> constructor) {
        String text = text(name);
        return build(name, () -> constructor.apply(text));
    }

    /// A value whose constructor may refuse what was read; its refusal is told with the path.
    <T> T build(Supplier<T> value) {
        return build("", value);
    }

    /// Refuses a field that differs from what is known from elsewhere.
    void require(String name, String expected) {
        if (!text(name).equals(expected)) {
            throw wrong(name, "'" + expected + "'");
        }
    }

    JsonFormatException wrong(String name, String expected) {
        return new JsonFormatException(where + "." + name, expected, shown(node.path(name)));
    }

    private <T> T build(String name, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException refused) {
            String path = name.isEmpty() ? where : where + "." + name;
            throw new JsonFormatException(
                    path, "a valid value", String.valueOf(refused.getMessage()), refused);
        }
    }

    private Iterable<JsonNode> array(String name) {
        JsonNode field = node.path(name);
        if (!field.isArray()) {
            throw wrong(name, "a list");
        }
        return field;
    }

    private BigDecimal decimal(String name) {
        JsonNode field = node.path(name);
        if (!field.isNumber()) {
            throw wrong(name, "a number");
        }
        return field.decimalValueOpt().orElseThrow(() -> wrong(name, "a finite number"));
    }

    private static String shown(JsonNode node) {
        if (node.isMissingNode()) {
            return "nothing";
        }
        String text = Json.line(node);
        return text.length() <= SHOWN_LENGTH_MAX
                ? text
                : text.substring(0, SHOWN_LENGTH_MAX) + "...";
    }
}
