package aiv1.cli.command;

import aiv1.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The program as a script meets it: arguments in; exit status, standard output and standard error
/// out. One at a time.
final class Program {
    private final Path home;

    Program(Path home) {
        this.home = home;
    }

    record Answer(int status, String out, String err) {
        JsonNode json() {
            return Json.parse(out, "standard output");
        }

        /// The objects of a stream, one a line.
        List<JsonNode> events() {
            return out.lines().map(line -> Json.parse(line, "an event")).toList();
        }
    }

    Answer run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", home.toString()));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            int status = Aiv1Command.execute(all.toArray(String[]::new));
            return new Answer(
                    status,
                    outBytes.toString(StandardCharsets.UTF_8),
                    errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
