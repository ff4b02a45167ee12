package aiv1.store.imported;

import aiv1.wire.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The records in a file of an earlier system, whichever way they left it: one JSON document that
/// is a record, a list of them, or an object with such a list (`Items` of a DynamoDB scan,
/// `experiments` of the page); or one object a line, as DynamoDB exports to S3 (`Item`).
///
/// DynamoDB's typed values (`{"S": "text"}`, `{"N": "1.5"}`) become plain ones.
final class OldRecords {
    private static final Set<String> TYPES =
            Set.of("S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS");
    private static final List<String> LISTS = List.of("Items", "items", "experiments");

    private OldRecords() {}

    /// Throws [aiv1.wire.JsonFormatException] with the line when it is no JSON.
    static List<JsonNode> read(String text, String where) {
        List<JsonNode> records = new ArrayList<>();
        for (JsonNode document : documents(text, where)) {
            addRecords(document, records);
        }
        return records;
    }

    private static List<JsonNode> documents(String text, String where) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        boolean isStream =
                lines.size() > 1
                        && lines.stream()
                                .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        if (!isStream) {
            return List.of(Json.parse(text, where));
        }
        List<JsonNode> documents = new ArrayList<>();
        for (String line : lines) {
            documents.add(Json.parse(line, "%s: record %d".formatted(where, documents.size() + 1)));
        }
        return documents;
    }

    private static void addRecords(JsonNode document, List<JsonNode> records) {
        if (document.isArray()) {
            document.forEach(element -> addRecords(element, records));
            return;
        }
        for (String name : LISTS) {
            if (document.path(name).isArray()) {
                document.path(name).forEach(element -> addRecords(element, records));
                return;
            }
        }
        JsonNode item = document.path("Item").isObject() ? document.path("Item") : document;
        records.add(isTyped(item) ? plainObject(item) : item);
    }

    private static boolean isTyped(JsonNode item) {
        return item.isObject()
                && !item.isEmpty()
                && item.properties().stream().allMatch(property -> isValue(property.getValue()));
    }

    private static boolean isValue(JsonNode value) {
        return value.isObject()
                && value.size() == 1
                && TYPES.contains(value.propertyNames().iterator().next());
    }

    private static ObjectNode plainObject(JsonNode typed) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> property : typed.properties()) {
            object.set(property.getKey(), plain(property.getValue()));
        }
        return object;
    }

    private static JsonNode plain(JsonNode value) {
        if (!isValue(value)) {
            return value;
        }
        String type = value.propertyNames().iterator().next();
        JsonNode inner = value.path(type);
        return switch (type) {
            case "N" -> number(inner);
            case "NULL" -> JsonNodeFactory.instance.nullNode();
            case "M" -> plainObject(inner);
            case "L" -> {
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                inner.forEach(element -> list.add(plain(element)));
                yield list;
            }
            default -> inner;
        };
    }

    private static JsonNode number(JsonNode text) {
        try {
            return JsonNodeFactory.instance.numberNode(new BigDecimal(text.asString("")));
        } catch (NumberFormatException odd) {
            return text;
        }
    }
}
