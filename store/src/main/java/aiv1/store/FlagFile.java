package aiv1.store;

import aiv1.domain.campaign.Flag;
import aiv1.domain.experiment.ExperimentId;
import aiv1.wire.Json;
import aiv1.wire.JsonFormatException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The flags of a home: a JSON object a line, appended and on the disk before [#append] returns.
/// Thread-safe.
///
/// A line that a crash cut short is left out: its flag was not set yet.
public final class FlagFile {
    private final Path file;
    private final Map<ExperimentId, Flag> flags =
            Collections.synchronizedMap(new LinkedHashMap<>());

    private FlagFile(Path file) {
        this.file = file;
    }

    /// Throws [StoreException] for a file that cannot be read.
    public static FlagFile open(Path file) {
        FlagFile opened = new FlagFile(file);
        if (Files.exists(file)) {
            try {
                Files.readAllLines(file).forEach(opened::read);
            } catch (IOException e) {
                throw new StoreException(
                        file.toString(), "a file of flags", String.valueOf(e.getMessage()), e);
            }
        }
        return opened;
    }

    public Optional<Flag> find(ExperimentId id) {
        return Optional.ofNullable(flags.get(id));
    }

    public boolean contains(ExperimentId id) {
        return flags.containsKey(id);
    }

    /// The first flag of an experiment counts.
    public synchronized void append(Flag flag) {
        if (contains(flag.experiment())) {
            return;
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("experiment_id", flag.experiment().value());
        line.put("at", flag.at().toString());
        line.put("reason", flag.reason());
        // The end of a line that was cut short must not swallow this one.
        byte[] bytes = ("\n" + Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(bytes);
            out.getFD().sync();
        } catch (IOException e) {
            throw new StoreException(
                    file.toString(),
                    "a file that can be written",
                    String.valueOf(e.getMessage()),
                    e);
        }
        flags.put(flag.experiment(), flag);
    }

    private void read(String line) {
        if (line.isBlank()) {
            return;
        }
        try {
            JsonNode document = Json.parse(line, file.toString());
            Flag flag =
                    new Flag(
                            new ExperimentId(document.path("experiment_id").asString("")),
                            Instant.parse(document.path("at").asString("")),
                            document.path("reason").asString(""));
            flags.putIfAbsent(flag.experiment(), flag);
        } catch (JsonFormatException | IllegalArgumentException | DateTimeException cut) {
            return;
        }
    }
}
