package aiv1.cluster.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Temporal program on this machine: the one that `TEMPORAL_BIN` names, else the one that
/// set-up installed, else the first on `PATH`.
public final class TemporalProgram {
    /// Where set-up installs it, below the user's cache.
    static final String INSTALLED = "aiv1/temporal-1.9.1/temporal";

    private TemporalProgram() {}

    /// Empty when there is none; one that is named and cannot be run is none.
    public static Optional<Path> find(Map<String, String> environment) {
        String named = environment.getOrDefault("TEMPORAL_BIN", "");
        if (!named.isBlank()) {
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path installed =
                (cache.isBlank()
                                ? Path.of(environment.getOrDefault("HOME", "/"), ".cache")
                                : Path.of(cache))
                        .resolve(INSTALLED);
        if (Files.isExecutable(installed)) {
            return Optional.of(installed);
        }
        return List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)).stream()
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "temporal"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
