package aiv1.proposer.reply;

import aiv1.domain.candidate.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a reply that is JSON: the parts are texts in fields named for them, at any depth, or files
/// with a name and a content.
///
/// Laxer than [aiv1.wire.Json], for models put raw line ends into strings, leave a comma at the
/// end, and write on after the document.
final class JsonReply {
    private static final int NESTING_DEPTH_MAX = 64;
    private static final List<String> NAME_FIELDS = List.of("name", "path", "file", "filename");
    private static final List<String> TEXT_FIELDS = List.of("content", "code", "source", "text");
    private static final JsonMapper MAPPER = mapper();

    private final List<Reading> readings = new ArrayList<>();

    private JsonReply() {}

    /// Empty when the document has no field for a part.
    static List<Reading> read(String text) throws Refused {
        try {
            JsonReply reply = new JsonReply();
            reply.visit(MAPPER.readTree(text));
            return reply.readings;
        } catch (JacksonException wrong) {
            String where =
                    Optional.ofNullable(wrong.getLocation())
                            .map(at -> " at line " + at.getLineNr())
                            .orElse("");
            throw new Refused(
                    "reply",
                    "one whole JSON object with encoding_code and decoding_code",
                    "JSON that breaks off or goes wrong%s (%s)"
                            .formatted(where, Refused.quoted(wrong.getOriginalMessage())));
        }
    }

    private void visit(JsonNode node) {
        if (node.isObject()) {
            Optional<Part> file = first(node, NAME_FIELDS).flatMap(Names::part);
            Optional<String> content = first(node, TEXT_FIELDS);
            if (file.isPresent() && content.isPresent()) {
                add(file.get(), content.get());
            }
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                field(field.getKey(), field.getValue());
            }
        } else if (node.isArray()) {
            node.forEach(this::visit);
        }
    }

    private void field(String key, JsonNode value) {
        Optional<String> text = text(value);
        if (text.isEmpty()) {
            visit(value);
            return;
        }
        String name = key.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        Optional<Part> part = Names.part(name);
        if (part.isPresent() && looksLikeSource(text.get())) {
            add(part.get(), text.get());
        } else if (Names.isRationale(name)) {
            readings.add(new Reading.Rationale(text.get()));
        }
    }

    private void add(Part part, String text) {
        String code = text.replace("\r\n", "\n").replace('\r', '\n');
        if (code.indexOf('\n') < 0 && code.contains("\\n")) {
            code = code.replace("\\n", "\n").replace("\\t", "\t").replace("\\\"", "\"");
        }
        Part meant = part.isPython() && Functions.isC(code) ? part.inOtherLanguage() : part;
        List<String> lines = List.of(code.split("\n", -1));
        if (code.stripLeading().startsWith("```")) {
            List<Block> blocks = BlockScanner.scan(lines, new ArrayList<>()).blocks();
            lines = blocks.isEmpty() ? lines : blocks.getFirst().lines();
        }
        readings.add(new Reading.Source(meant, lines, true, true));
    }

    /// `"encoding": "utf-8"` is no encoder.
    private static boolean looksLikeSource(String text) {
        return text.isBlank()
                || text.contains("\n")
                || text.contains("\\n")
                || text.contains("def ")
                || text.contains("import ")
                || text.contains("int encode")
                || text.contains("int decode")
                || text.contains("#include ");
    }

    private static Optional<String> first(JsonNode object, List<String> names) {
        return names.stream()
                .flatMap(name -> object.optional(name).flatMap(JsonReply::text).stream())
                .findFirst();
    }

    /// A text, or a list of lines as one.
    private static Optional<String> text(JsonNode value) {
        if (value.isString()) {
            return Optional.of(value.asString());
        }
        if (!value.isArray() || value.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        for (JsonNode line : value) {
            if (!line.isString()) {
                return Optional.empty();
            }
            lines.add(line.asString());
        }
        return Optional.of(String.join("\n", lines));
    }

    private static JsonMapper mapper() {
        JsonFactory factory =
                JsonFactory.builder()
                        .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                        .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                        .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(NESTING_DEPTH_MAX)
                                        .build())
                        .build();
        return JsonMapper.builder(factory)
                .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }
}
