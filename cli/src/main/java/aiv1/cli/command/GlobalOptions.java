package aiv1.cli.command;

import aiv1.cli.config.ConfigFile;
import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Key;
import aiv1.cli.config.Keys;
import aiv1.cli.terminal.Screen;
import aiv1.media.Ffmpeg;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that every command takes, and what follows from them: the settings, and the screen.
final class GlobalOptions {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "Where the lab keeps everything (else AIV1_HOME, else the user's data folder).")
    private @Nullable String home;

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "Where the ledger is (else AIV1_STORE, else in the home).")
    private @Nullable String store;

    @Option(
            names = "--artifacts",
            paramLabel = "URL",
            description = "Where artifacts are (else AIV1_ARTIFACTS, else in the home).")
    private @Nullable String artifacts;

    @Option(names = "--config", paramLabel = "FILE", description = "YAML file of settings.")
    private @Nullable Path config;

    @Option(names = "--json", description = "Results as JSON on standard output.")
    private boolean isJson;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean isQuiet;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "auto, always or never (NO_COLOR is heard too).")
    private String color = "auto";

    boolean isJson() {
        return isJson;
    }

    boolean isQuiet() {
        return isQuiet;
    }

    /// Resolves all settings; `flags` are those of the command, by key name.
    Configuration configuration(Map<String, String> flags) {
        Map<String, String> environment = System.getenv();
        Map<String, String> all = new HashMap<>(flags);
        if (home != null) {
            all.put(Keys.HOME.name(), home);
        }
        if (store != null) {
            all.put(Keys.STORE.name(), store);
        }
        if (artifacts != null) {
            all.put(Keys.ARTIFACTS.name(), artifacts);
        }
        return Configuration.resolve(
                Keys.all(), all, environment, configFile(environment), fallbacks(environment));
    }

    /// All settings, for a lab at another home.
    Configuration configurationAt(Path otherHome) {
        return configurationAt(otherHome, Map.of());
    }

    /// As above; `settings` come before those of the user.
    Configuration configurationAt(Path otherHome, Map<String, String> settings) {
        Map<String, String> environment = System.getenv();
        Map<String, String> flags = new HashMap<>(settings);
        flags.put(Keys.HOME.name(), otherHome.toString());
        return Configuration.resolve(
                Keys.all(), flags, environment, configFile(environment), fallbacks(environment));
    }

    /// Standard error, drawn in place where it is a terminal and nobody asked for quiet.
    Screen screen() {
        boolean isTerminal = Boolean.getBoolean("aiv1.stderr.terminal");
        boolean isColoured =
                switch (color) {
                    case "always" -> true;
                    case "never" -> false;
                    case "auto" -> isTerminal && System.getenv("NO_COLOR") == null;
                    default ->
                            throw new ConfigurationException(
                                    List.of(
                                            "--color: expected auto, always or never, got '"
                                                    + color
                                                    + "'"));
                };
        int columns = Integer.getInteger("aiv1.stderr.columns", 100);
        return new Screen(System.err, isTerminal && !isQuiet, isColoured, columns);
    }

    /// The file of settings that was named, for processes that are to have the same.
    Optional<Path> configFile() {
        return Optional.ofNullable(config).map(Path::toAbsolutePath);
    }

    private ConfigFile configFile(Map<String, String> environment) {
        if (config != null) {
            return ConfigFile.read(config);
        }
        String named = environment.get("AIV1_CONFIG");
        if (named != null) {
            return ConfigFile.read(Path.of(named));
        }
        Path usual =
                folder(environment, "XDG_CONFIG_HOME", ".config")
                        .resolve("aiv1")
                        .resolve("config.yaml");
        return Files.exists(usual) ? ConfigFile.read(usual) : ConfigFile.absent();
    }

    private static Map<Key, String> fallbacks(Map<String, String> environment) {
        return Map.of(
                Keys.HOME,
                folder(environment, "XDG_DATA_HOME", ".local/share").resolve("aiv1").toString(),
                Keys.FFMPEG,
                Ffmpeg.defaultProgram(environment).toString(),
                Keys.PARALLEL_RUNS,
                Integer.toString(Runtime.getRuntime().availableProcessors()));
    }

    private static Path folder(Map<String, String> environment, String variable, String belowHome) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), belowHome));
    }
}
