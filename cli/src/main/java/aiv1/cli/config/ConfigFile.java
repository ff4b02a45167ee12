package aiv1.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The one YAML file of settings: a flat mapping from names to values; a list is written as a YAML
/// list or with commas, what differs from provider to provider as a mapping.
public final class ConfigFile {
    private static final long BYTES_MAX = 1 << 20;

    private final String name;
    private final Map<String, String> values;

    private ConfigFile(String name, Map<String, String> values) {
        this.name = name;
        this.values = values;
    }

    public static ConfigFile absent() {
        return new ConfigFile("(none)", Map.of());
    }

    /// Reads `file`; throws [ConfigurationException] when it cannot be read or is no flat mapping.
    public static ConfigFile read(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw problem(
                        file,
                        "expected at most %d bytes, got %d".formatted(BYTES_MAX, Files.size(file)));
            }
            JsonNode root =
                    YAMLMapper.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build()
                            .readTree(Files.readString(file));
            if (root.isMissingNode() || root.isNull()) {
                return new ConfigFile(file.toString(), Map.of());
            }
            if (!root.isObject()) {
                throw problem(
                        file, "expected a mapping such as 'seed: 7', got " + root.getNodeType());
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : root.properties()) {
                values.put(entry.getKey(), text(file, entry.getKey(), entry.getValue()));
            }
            return new ConfigFile(file.toString(), values);
        } catch (NoSuchFileException e) {
            throw problem(file, "expected a file, got none");
        } catch (IOException e) {
            throw problem(file, "cannot be read: " + e);
        } catch (JacksonException e) {
            throw problem(
                    file,
                    "line %d: expected YAML, got: %s"
                            .formatted(
                                    e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                                    e.getOriginalMessage().lines().findFirst().orElse("")));
        }
    }

    String name() {
        return name;
    }

    Optional<String> find(Key key) {
        return Optional.ofNullable(values.get(key.name()));
    }

    List<String> unknownKeyProblems(List<Key> keys) {
        List<String> known = keys.stream().map(Key::name).toList();
        List<String> problems = new ArrayList<>();
        for (String written : values.keySet()) {
            if (!known.contains(written)) {
                problems.add(
                        "%s: unknown key '%s': expected one of %s"
                                .formatted(name, written, String.join(", ", known)));
            }
        }
        return problems;
    }

    private static String text(Path file, String key, JsonNode value) {
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            for (JsonNode item : value) {
                items.add(text(file, key, item));
            }
            return String.join(",", items);
        }
        if (value.isValueNode() && !value.isNull()) {
            return value.asString();
        }
        if (value.isObject() && isPerProvider(key)) {
            List<String> entries = new ArrayList<>();
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                if (!PerProvider.isName(entry.getKey())) {
                    throw problem(
                            file,
                            "%s: expected %s, got '%s'"
                                    .formatted(key, PerProvider.NAMES, entry.getKey()));
                }
                entries.add(entry.getKey() + "=" + text(file, key, entry.getValue()));
            }
            return String.join(",", entries);
        }
        throw problem(file, key + ": expected a value or a list, got " + value.getNodeType());
    }

    private static boolean isPerProvider(String name) {
        return Keys.all().stream()
                .anyMatch(key -> key.name().equals(name) && key.kind().isPerProvider());
    }

    private static ConfigurationException problem(Path file, String message) {
        return new ConfigurationException(List.of(file + ": " + message));
    }
}
