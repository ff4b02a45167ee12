package aiv1.deploy;

import aiv1.cli.command.Aiv1Command;
import aiv1.cli.config.ConfigFile;
import aiv1.cli.config.Configuration;
import aiv1.cli.config.Key;
import aiv1.cli.config.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// The program that deployments start, asked what it would make of their command lines, variables
/// and settings. Nothing is carried out.
final class TheProgram {
    private static final String OWN_PREFIX = "AIV1_";

    /// Variables that are no settings but say where these are.
    private static final List<String> OTHERS = List.of("AIV1_CONFIG");

    private TheProgram() {}

    /// What is wrong with a command line, if anything is.
    static Optional<String> refusal(List<String> words) {
        CommandLine program = Aiv1Command.commandLine();
        try {
            CommandLine.ParseResult parsed = program.parseArgs(words.toArray(String[]::new));
            return parsed.hasSubcommand() ? Optional.empty() : Optional.of("no command: " + words);
        } catch (ParameterException wrong) {
            return Optional.of(words + ": " + wrong.getMessage());
        }
    }

    /// Variables that look like settings and are none.
    static List<String> strangers(Iterable<String> variables) {
        List<String> strangers = new ArrayList<>();
        for (String variable : variables) {
            boolean isKnown =
                    OTHERS.contains(variable)
                            || Keys.all().stream()
                                    .anyMatch(key -> key.environmentName().equals(variable));
            if (variable.startsWith(OWN_PREFIX) && !isKnown) {
                strangers.add(variable);
            }
        }
        return strangers;
    }

    /// All settings as a process with these variables and this file of settings has them; throws
    /// what the program would refuse to start with.
    static Configuration configuration(String settings, Map<String, String> environment) {
        try {
            Path file = Files.createTempFile("settings", ".yaml");
            Files.writeString(file, settings);
            try {
                return Configuration.resolve(
                        Keys.all(),
                        Map.of(),
                        environment,
                        ConfigFile.read(file),
                        Map.of(Keys.HOME, "/h", Keys.FFMPEG, "/f", Keys.PARALLEL_RUNS, "1"));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The settings that a process has from its file, by name.
    static Map<String, String> fromFile(String settings, Map<String, String> environment) {
        Configuration configuration = configuration(settings, environment);
        Map<String, String> values = new HashMap<>();
        for (Key key : Keys.all()) {
            Configuration.Resolved shown = configuration.shown(key);
            if (shown.source().startsWith("file ")) {
                values.put(key.name(), shown.value());
            }
        }
        return values;
    }
}
