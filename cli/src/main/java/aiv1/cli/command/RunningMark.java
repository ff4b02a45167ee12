package aiv1.cli.command;

import aiv1.cli.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A file that says which process runs the local cluster of a home: its id and when it started, so
/// that another process which was given the same id later is not taken for it.
final class RunningMark {
    private static final String NAME = "up";

    private final Path file;

    private RunningMark(Path file) {
        this.file = file;
    }

    /// Throws [ConfigurationException] when one runs already.
    static RunningMark set(Path folder) throws IOException {
        Optional<ProcessHandle> other = find(folder);
        if (other.isPresent()) {
            throw new ConfigurationException(
                    List.of(
                            "up: expected no cluster at this home, got one: process %d ('aiv1 down' ends it)"
                                    .formatted(other.get().pid())));
        }
        Files.createDirectories(folder);
        Path file = folder.resolve(NAME);
        ProcessHandle self = ProcessHandle.current();
        Files.writeString(file, self.pid() + " " + startOf(self) + "\n");
        return new RunningMark(file);
    }

    /// The process that runs the cluster of this home, if one does.
    static Optional<ProcessHandle> find(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file).strip().split(" ", -1);
        if (words.length != 2 || !words[0].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(process -> startOf(process).equals(words[1]));
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    void clear() throws IOException {
        Files.deleteIfExists(file);
    }
}
