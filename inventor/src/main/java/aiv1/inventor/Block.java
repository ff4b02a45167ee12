package aiv1.inventor;

import aiv1.domain.candidate.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A building block: Python for the common part, the encoder, the decoder, or several of them, and
/// C for the functions that it calls in them; or C alone, for other blocks' functions.
///
/// The resource `blocks/NAME.py` holds the Python of a block, `blocks/NAME.c` its C. A line `#:
/// common` (`//: common`), or likewise `encoder` or `decoder`, opens a section.
record Block(Map<Part, String> python, Map<Part, String> c) {
    /// What the inventor writes: Python.
    static final List<Part> PARTS = List.of(Part.ENCODER, Part.DECODER, Part.COMMON);

    private static final String FOLDER = "/aiv1/inventor/blocks/";

    static Block read(String name) {
        Optional<String> python = text(name + ".py");
        Optional<String> c = text(name + ".c");
        if (python.isEmpty() && c.isEmpty()) {
            throw new IllegalStateException(
                    FOLDER + name + ": expected a building block in .py or .c, got no file");
        }
        return new Block(sections(python.orElse(""), "#: "), sections(c.orElse(""), "//: "));
    }

    /// The Python of a part, perhaps none.
    String python(Part part) {
        return python.getOrDefault(part, "");
    }

    /// The C of a part, perhaps none.
    String c(Part part) {
        return c.getOrDefault(part, "");
    }

    private static Optional<String> text(String file) {
        try (InputStream in = Block.class.getResourceAsStream(FOLDER + file)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    private static Map<Part, String> sections(String text, String opening) {
        EnumMap<Part, StringBuilder> sections = new EnumMap<>(Part.class);
        StringBuilder open = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.startsWith(opening)) {
                String label = line.substring(opening.length()).strip();
                for (Part part : PARTS) {
                    if (part.label().equals(label)) {
                        open = sections.computeIfAbsent(part, known -> new StringBuilder());
                    }
                }
            } else {
                open.append(line).append('\n');
            }
        }
        EnumMap<Part, String> texts = new EnumMap<>(Part.class);
        sections.forEach((part, section) -> texts.put(part, section.toString().strip()));
        return Map.copyOf(texts);
    }
}
