package aiv1.media;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The pinned ffmpeg, as a tool that tests compare with. Missing, it fails the tests.
final class TestFfmpeg {
    static final Ffmpeg PROGRAM = Ffmpeg.open(Ffmpeg.defaultProgram(System.getenv()));

    private TestFfmpeg() {}

    /// Runs it to its end and gives what it wrote to standard output.
    static String run(String... arguments) throws IOException {
        List<String> line =
                new ArrayList<>(List.of(PROGRAM.program().toString(), "-v", "error", "-y"));
        line.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("ffmpeg failed: " + line);
        }
        return out;
    }
}
