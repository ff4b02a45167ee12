package aiv1.inventor;

import aiv1.domain.candidate.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A building block: Python for the common part, the encoder, the decoder, or several of them, and
/// C for the functions that it calls in them.
///
/// The resource `blocks/NAME.py` holds the Python, `blocks/NAME.c` the C of a block that has some.
/// A line `#: common` (`//: common`), or likewise `encoder` or `decoder`, opens a section.
record Block(Map<Part, String> python, Map<Part, String> c) {
    /// What the inventor writes: Python.
    static final List<Part> PARTS = List.of(Part.ENCODER, Part.DECODER, Part.COMMON);

    private static final String FOLDER = "/aiv1/inventor/blocks/";

    static Block read(String name) {
        return new Block(
                sections(text(name + ".py", true), "#: "),
                sections(text(name + ".c", false), "//: "));
    }

    /// The Python of a part, perhaps none.
    String python(Part part) {
        return python.getOrDefault(part, "");
    }

    /// The C of a part, perhaps none.
    String c(Part part) {
        return c.getOrDefault(part, "");
    }

    private static String text(String file, boolean isRequired) {
        try (InputStream in = Block.class.getResourceAsStream(FOLDER + file)) {
            if (in == null && isRequired) {
                throw new IllegalStateException(
                        FOLDER + file + ": expected a building block, got no file");
            }
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
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
