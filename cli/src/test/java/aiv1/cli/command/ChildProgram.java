package aiv1.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program as a process of its own, for tests that kill it.
final class ChildProgram {
    private ChildProgram() {}

    /// Its standard output is the caller's to read; standard error goes nowhere.
    static Process start(Path home, String... arguments) throws IOException {
        return start(List.of(), home, arguments);
    }

    /// Its standard error too is the caller's to read, in one stream with its output.
    static Process startTalking(Path home, String... arguments) throws IOException {
        return builder(List.of(), home, arguments).redirectErrorStream(true).start();
    }

    static Process start(List<String> javaOptions, Path home, String... arguments)
            throws IOException {
        return builder(javaOptions, home, arguments)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static ProcessBuilder builder(
            List<String> javaOptions, Path home, String... arguments) {
        return new ProcessBuilder(line(javaOptions, home, arguments));
    }

    static List<String> line(Path home, String... arguments) {
        return line(List.of(), home, arguments);
    }

    private static List<String> line(List<String> javaOptions, Path home, String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("--enable-native-access=ALL-UNNAMED");
        line.addAll(javaOptions);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), "aiv1.cli.Main"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--home", home.toString()));
        return line;
    }
}
