package aiv1.proposer.reply;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A stretch of a reply that is set apart from its prose: by a fence, by a tag, or as a bare edit.
///
/// `info` is the info string or the inside of the tag; `labels` are the lines that may name it, the
/// nearest first; `isClosed` is false when the reply ends before it does.
record Block(String info, List<String> labels, List<String> lines, boolean isClosed) {
    private static final Set<String> OTHER_LANGUAGES =
            Set.of(
                    ("bash sh shell console zsh powershell json yaml yml toml ini xml html css c cpp"
                                    + " c++ rust go java js javascript ts latex tex math mermaid csv"
                                    + " sql markdown md diff patch")
                            .split(" "));

    private static final Set<String> WITHOUT_LANGUAGE =
            Set.of("", "text", "txt", "plaintext", "code", "h");

    Block {
        labels = List.copyOf(labels);
        lines = List.copyOf(lines);
    }

    /// The first word of the info string, in lower case.
    String language() {
        int end = 0;
        while (end < info.length() && isOfLanguage(info.charAt(end))) {
            end++;
        }
        return info.substring(0, end).toLowerCase(Locale.ROOT);
    }

    /// Whether the language it states, if any, allows it to be Python.
    boolean mayBePython() {
        return !OTHER_LANGUAGES.contains(language());
    }

    /// Whether it says that it is C, by its language or the part it names.
    boolean isC() {
        if (language().equals("c") || info.isEmpty()) {
            return !info.isEmpty();
        }
        return Names.part(info).filter(part -> !part.isPython()).isPresent();
    }

    /// Whether the language it states, if any, allows it to be C.
    boolean mayBeC() {
        return isC() || WITHOUT_LANGUAGE.contains(language());
    }

    String text() {
        return String.join("\n", lines);
    }

    private static boolean isOfLanguage(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+';
    }

    Optional<String> firstLine() {
        return lines.stream().filter(line -> !line.isBlank()).findFirst();
    }
}
