package aiv1.deploy;

import aiv1.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The files of the folder `deploy`, read as who uses them reads them.
final class Deployment {
    static final Path FOLDER = Path.of(System.getProperty("aiv1.root")).resolve("deploy");
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Deployment() {}

    /// The documents of a YAML file, with its anchors and merges resolved; a key that stands twice
    /// is an error.
    static List<JsonNode> yaml(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Yaml(options).loadAll(text(file))) {
            documents.add(MAPPER.valueToTree(document));
        }
        return documents;
    }

    static JsonNode json(Path file) {
        return Json.parse(text(file), file.toString());
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    static List<String> strings(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    static Stream<String> keys(JsonNode object) {
        return object.propertyNames().stream();
    }
}
