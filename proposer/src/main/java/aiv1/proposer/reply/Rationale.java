package aiv1.proposer.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a reply says of its candidate: the block or section named so, or else all of its prose.
final class Rationale {
    /// Longer prose is cut there, in UTF-16 units.
    static final int LENGTH_MAX = 20_000;

    private Rationale() {}

    static String of(List<Reading> readings, List<List<String>> prose, List<String> remarks) {
        String text =
                named(readings)
                        .or(() -> section(prose))
                        .orElseGet(() -> all(prose))
                        .replace("\0", "");
        String clean = wellFormed(text.strip());
        if (clean.length() > LENGTH_MAX) {
            remarks.add("the rationale was cut at %d characters".formatted(LENGTH_MAX));
            clean = wellFormed(clean.substring(0, LENGTH_MAX));
        }
        if (clean.isEmpty()) {
            remarks.add("the reply has no rationale");
        }
        return clean;
    }

    private static Optional<String> named(List<Reading> readings) {
        Optional<String> last = Optional.empty();
        for (Reading reading : readings) {
            if (reading instanceof Reading.Rationale(String text) && !text.isBlank()) {
                last = Optional.of(text);
            }
        }
        return last;
    }

    /// From a line that is the label "rationale" to the next heading or block.
    private static Optional<String> section(List<List<String>> prose) {
        for (List<String> stretch : prose) {
            for (int at = 0; at < stretch.size(); at++) {
                if (isLabel(stretch.get(at), true)) {
                    List<String> lines = new ArrayList<>();
                    for (String line : stretch.subList(at + 1, stretch.size())) {
                        if (line.startsWith("#") || isLabel(line, false)) {
                            break;
                        }
                        lines.add(line);
                    }
                    String text = String.join("\n", lines);
                    return text.isBlank() ? Optional.empty() : Optional.of(text);
                }
            }
        }
        return Optional.empty();
    }

    private static String all(List<List<String>> prose) {
        List<String> lines = new ArrayList<>();
        for (List<String> stretch : prose) {
            for (String line : stretch) {
                boolean isTag = line.startsWith("</") || TagLine.opening(line).isPresent();
                if (!isTag && !isLabel(line, false)) {
                    lines.add(line);
                }
            }
        }
        return String.join("\n", lines).replaceAll("\n{3,}+", "\n\n");
    }

    private static boolean isLabel(String line, boolean isOfRationale) {
        return Names.asLabel(line)
                .filter(name -> name instanceof BlockName.OfRationale == isOfRationale)
                .isPresent();
    }

    /// Half a surrogate pair has no UTF-8 form.
    private static String wellFormed(String text) {
        return new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                java.nio.charset.StandardCharsets.UTF_8);
    }
}
