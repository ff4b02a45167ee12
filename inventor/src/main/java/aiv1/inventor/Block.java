package aiv1.inventor;

import aiv1.domain.candidate.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// One Python building block, cut into the sections that go to each part of a codec.
///
/// In its file a line `#: common`, `#: encoder` or `#: decoder` opens a section.
record Block(Map<Part, String> sections) {
    /// What the inventor writes: Python.
    static final List<Part> PARTS = List.of(Part.ENCODER, Part.DECODER, Part.COMMON);

    private static final String OPENING = "#: ";

    static Block read(String name) {
        String path = "/aiv1/inventor/blocks/" + name + ".py";
        try (InputStream file = Block.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException(path + ": expected a building block, got no file");
            }
            return of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    static Block of(String text) {
        EnumMap<Part, StringBuilder> sections = new EnumMap<>(Part.class);
        for (Part part : PARTS) {
            sections.put(part, new StringBuilder());
        }
        StringBuilder open = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.startsWith(OPENING)) {
                String label = line.substring(OPENING.length()).strip();
                for (Part part : PARTS) {
                    if (part.label().equals(label)) {
                        open = sections.getOrDefault(part, open);
                    }
                }
            } else {
                open.append(line).append('\n');
            }
        }
        EnumMap<Part, String> texts = new EnumMap<>(Part.class);
        sections.forEach((part, section) -> texts.put(part, section.toString().strip()));
        return new Block(Map.copyOf(texts));
    }

    boolean contains(String text) {
        return sections.values().stream().anyMatch(section -> section.contains(text));
    }

    String section(Part part) {
        return sections.getOrDefault(part, "");
    }
}
