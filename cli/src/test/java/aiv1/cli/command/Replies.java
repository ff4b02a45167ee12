package aiv1.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Replies as a model writes them.
final class Replies {
    private static final Path CODEC =
            Path.of(System.getProperty("aiv1.root"), "examples", "still-dct");

    private Replies() {}

    /// A whole codec that works: the example of still pictures.
    static String stillPictures() throws IOException {
        StringBuilder reply = new StringBuilder("Still pictures.\n");
        for (String file : List.of("encoder.py", "decoder.py", "common.py")) {
            reply.append("\n```python ").append(file).append('\n');
            reply.append(Files.readString(CODEC.resolve(file))).append("```\n");
        }
        return reply.toString();
    }
}
