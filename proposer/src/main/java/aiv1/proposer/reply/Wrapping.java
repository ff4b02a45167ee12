package aiv1.proposer.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Code in a reply whose own blocks hold none: a reply within a block, JSON, or bare code.
final class Wrapping {
    private static final Set<String> WRAPPER_LANGUAGES =
            Set.of("markdown", "md", "text", "txt", "plaintext", "");
    private static final List<String> CODE_STARTS =
            List.of("import ", "from ", "def ", "#", "\"\"\"", "@", "//", "/*");

    private Wrapping() {}

    /// What was found, if anything, and the prose beside it.
    record Unfenced(List<Reading> readings, List<List<String>> prose) {}

    /// Whether the block is a reply of its own, with fences in it.
    static boolean isWrapper(Block block) {
        return WRAPPER_LANGUAGES.contains(block.language())
                && block.lines().stream().anyMatch(line -> FenceLine.opening(line).isPresent());
    }

    /// JSON in a block, then JSON in the prose, then a reply that is code from its first line on.
    static Unfenced unfenced(BlockScanner.Scan scan, List<String> lines) throws Refused {
        Optional<Refused> broken = Optional.empty();
        for (Block block : scan.blocks()) {
            String text = block.text().strip();
            if (text.startsWith("{") || text.startsWith("[")) {
                try {
                    List<Reading> readings = JsonReply.read(text);
                    if (!readings.isEmpty()) {
                        return new Unfenced(readings, scan.prose());
                    }
                } catch (Refused wrong) {
                    broken = Optional.of(wrong);
                }
            }
        }
        Unfenced inProse = jsonInProse(lines);
        if (!inProse.readings().isEmpty()) {
            return inProse;
        }
        if (broken.isPresent()) {
            throw broken.get();
        }
        return new Unfenced(scan.blocks().isEmpty() ? code(lines) : List.of(), List.of());
    }

    private static Unfenced jsonInProse(List<String> lines) {
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at).strip();
            boolean isObject = line.equals("{") || line.startsWith("{\"");
            if (isObject) {
                try {
                    String json = String.join("\n", lines.subList(at, lines.size()));
                    return new Unfenced(JsonReply.read(json), List.of(lines.subList(0, at)));
                } catch (Refused noJson) {
                    break;
                }
            }
        }
        return new Unfenced(List.of(), List.of());
    }

    private static List<Reading> code(List<String> lines) throws Refused {
        Block block = new Block("", List.of(), lines, true);
        String first = block.firstLine().orElse("");
        if (CODE_STARTS.stream().noneMatch(first::startsWith)) {
            return List.of();
        }
        List<Reading> readings = new ArrayList<>(BlockReader.read(List.of(block)));
        readings.removeIf(reading -> reading instanceof Reading.Other);
        return readings;
    }
}
