package aiv1.proposer.reply;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds lines that stand for code which the model left out: `# ... rest unchanged ...`, `/* ...
/// */`.
///
/// Only a whole line counts, and only one that is a comment or no code at all: code may well speak
/// of "the rest". So may the later lines of a comment in C, and its `#` begins no comment.
final class Placeholders {
    private static final int LINE_LENGTH_MAX = 120;
    private static final int WORD_COUNT_MAX = 6;
    private static final Pattern KEY_WORD =
            Pattern.compile(
                    "\\b(rest|remaining|remainder|unchanged|existing|previous|same|omitted|as before"
                            + "|as above|your code|code here|identical|continues?|goes here|keep)\\b");
    private static final Pattern WHOLE_PHRASE =
            Pattern.compile(
                    "(the )?(rest|remainder) (of (the |this )?(code|file|function|encoder|decoder"
                            + "|class|implementation|module|functions) )?(is |are |remains? |stays? )?"
                            + "(the )?(unchanged|same|same as before|as before|omitted.{0,40})"
                            + "|(existing|previous) (code|implementation|functions?)( here| unchanged)?"
                            + "|same as (before|above|in the parent|the parent|previous)"
                            + "|(code|implementation|functions?|everything( else)?) (is |are )?unchanged"
                            + "|(your|add|insert) .{0,30}(code|implementation|logic) (goes )?here"
                            + "|unchanged|no changes?( here)?|omitted for brevity");

    private Placeholders() {}

    /// The index of the first such line.
    static Optional<Integer> find(List<String> lines, boolean isPython) {
        boolean isInside = false;
        boolean isProse = false;
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (isPlaceholder(line, isPython, isProse)) {
                return Optional.of(at);
            }
            int open = line.lastIndexOf("/*");
            isInside = !isPython && (open >= 0 || isInside) && line.lastIndexOf("*/") <= open;
            isProse = isInside && (isProse || line.chars().anyMatch(Character::isLetter));
        }
        return Optional.empty();
    }

    /// `isProse` when the line belongs to a comment that has already said something.
    private static boolean isPlaceholder(String line, boolean isPython, boolean isProse) {
        if (line.length() > LINE_LENGTH_MAX) {
            return false;
        }
        String text = line.strip().toLowerCase(Locale.ROOT).replace("…", "...");
        boolean isComment = text.startsWith("//") || text.startsWith(isPython ? "#" : "/*");
        if (isProse && !isComment) {
            return false;
        }
        String bare = stripped(text, isPython ? "#/ \t([<{" : "#/* \t([<{");
        boolean isOpen = bare.startsWith("...");
        boolean isElided = isOpen || bare.endsWith("...") || bare.endsWith("...)");
        String words = stripped(bare, ".-*()[]<>{} \t:");
        if (isComment) {
            return (!isPython && isOpen && words.isEmpty())
                    || WHOLE_PHRASE.matcher(words).matches()
                    || (isElided
                            && (isOpen || words.split(" ", -1).length <= WORD_COUNT_MAX)
                            && KEY_WORD.matcher(words).find());
        }
        return isOpen && KEY_WORD.matcher(words).find();
    }

    /// Without those of `marks` that stand at its ends.
    private static String stripped(String text, String marks) {
        int from = 0;
        int to = text.length();
        while (from < to && marks.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && marks.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }
}
