package aiv1.proposer.reply;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Part;
import java.util.List;
import java.util.Optional;

/// What the text of a part must be, before anything runs it.
final class SourceCheck {
    private SourceCheck() {}

    /// Of a whole part.
    static void require(Part part, String text) throws Refused {
        if (text.isBlank()) {
            throw new Refused(
                    part.fileName(),
                    part.isPython() ? "Python source" : "C source",
                    "an empty block");
        }
        if (text.length() > Candidate.SOURCE_LENGTH_MAX) {
            throw new Refused(
                    part.fileName(),
                    "at most " + Candidate.SOURCE_LENGTH_MAX + " characters",
                    String.valueOf(text.length()));
        }
        requireCharacters(part, text);
    }

    /// Of the lines that the model wrote, in a whole part or in an edit.
    static void requireNoPlaceholder(Part part, String where, List<String> lines, boolean hasParent)
            throws Refused {
        Optional<Integer> found = Placeholders.find(lines, part.isPython());
        if (found.isPresent()) {
            throw new Refused(
                    "%s, line %d".formatted(where, found.get() + 1),
                    "every line written out" + (hasParent ? ", or " + Expected.EDITS : ""),
                    "the placeholder " + Refused.quoted(lines.get(found.get()).strip()));
        }
    }

    private static void requireCharacters(Part part, String text) throws Refused {
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line += c == '\n' ? 1 : 0;
            boolean isPair =
                    Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !isPair)) {
                throw new Refused(
                        "%s, line %d".formatted(part.fileName(), line),
                        "well-formed text",
                        c == 0 ? "a null character" : "half of a surrogate pair");
            }
            i += isPair ? 1 : 0;
        }
    }
}
