package aiv1.inventor;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The system's Python, for tests only: trusted code, no sandbox.
final class Python {
    static final Path ROOM = room();

    private Python() {}

    private static Path room() {
        Path here = Path.of("").toAbsolutePath();
        return here.endsWith("inventor") ? here : here.resolve("inventor");
    }

    /// What a run printed, both streams; fails with it unless the exit code is 0.
    static String run(Object... arguments) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-B"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        try {
            Process process = builder.start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new AssertionError(command + ": exit code " + exit + "\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void write(Candidate candidate, Path folder) {
        try {
            Files.createDirectories(folder);
            for (Part part : Block.PARTS) {
                Files.writeString(
                        folder.resolve(part.fileName()), candidate.source(part).orElse(""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
