package aiv1.proposer.reply;

import java.util.Locale;
import java.util.Set;

/// The three lines that make an edit: `<<<<<<< SEARCH`, `=======` and `>>>>>>> REPLACE`.
///
/// Models miscount, so each may have five to nine marks instead of seven.
final class EditMarks {
    private static final int COUNT_MIN = 5;
    private static final int COUNT_MAX = 9;
    private static final int LENGTH_MAX = 80;
    private static final Set<String> OPENING_WORDS =
            Set.of("SEARCH", "SEARCH:", "ORIGINAL", "OLD", "HEAD");

    private EditMarks() {}

    static boolean isOpening(String line) {
        return hasMarks(line, '<')
                && OPENING_WORDS.contains(afterMarks(line, '<').toUpperCase(Locale.ROOT));
    }

    static boolean isDivider(String line) {
        return hasMarks(line, '=') && afterMarks(line, '=').isEmpty();
    }

    static boolean isClosing(String line) {
        return hasMarks(line, '>');
    }

    private static boolean hasMarks(String line, char mark) {
        int count = line.length() > LENGTH_MAX ? 0 : count(line.strip(), mark);
        return count >= COUNT_MIN && count <= COUNT_MAX;
    }

    private static String afterMarks(String line, char mark) {
        String text = line.strip();
        return text.substring(count(text, mark)).strip();
    }

    private static int count(String text, char mark) {
        return (int) text.chars().takeWhile(c -> c == mark).count();
    }
}
