package aiv1.deploy.aws;

import aiv1.cli.config.ConfigFile;
import aiv1.cli.config.Configuration;
import aiv1.cli.config.Key;
import aiv1.cli.config.Keys;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What the lab does, by its settings, as a file says it that the program itself would take.
record Settings(Map<Key, String> values) {
    Settings {
        values = Map.copyOf(values);
    }

    /// Throws [aiv1.cli.config.ConfigurationException] for what is no setting or no value for one,
    /// and [IllegalArgumentException] for a secret, which has no place there.
    static Settings read(Path path) {
        Configuration configuration =
                Configuration.resolve(
                        Keys.all(),
                        Map.of(),
                        Map.of(),
                        ConfigFile.read(path),
                        Map.of(Keys.HOME, "/h", Keys.FFMPEG, "/f", Keys.PARALLEL_RUNS, "1"));
        Map<Key, String> values = new HashMap<>();
        for (Key key : Keys.all()) {
            Configuration.Resolved shown = configuration.shown(key);
            if (shown.source().startsWith("file ")) {
                if (key.isSecret()) {
                    throw new IllegalArgumentException(
                            path
                                    + ": "
                                    + key.name()
                                    + ": expected no secret in a file of settings");
                }
                values.put(key, shown.value());
            }
        }
        return new Settings(values);
    }
}
