package aiv1.proposer.reply;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds lines that stand for code which the model left out: `# ... rest unchanged ...`.
///
/// Only a whole line counts, and only one that is a comment or no Python at all: code may well
/// speak of "the rest".
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
    static Optional<Integer> find(List<String> lines) {
        for (int at = 0; at < lines.size(); at++) {
            if (isPlaceholder(lines.get(at))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private static boolean isPlaceholder(String line) {
        if (line.length() > LINE_LENGTH_MAX) {
            return false;
        }
        String text = line.strip().toLowerCase(Locale.ROOT).replace("…", "...");
        boolean isComment = text.startsWith("#") || text.startsWith("//");
        String bare = stripped(text, "#/ \t([<{");
        boolean isOpen = bare.startsWith("...");
        boolean isElided = isOpen || bare.endsWith("...") || bare.endsWith("...)");
        String words = stripped(bare, ".-*()[]<>{} \t:");
        if (isComment) {
            return WHOLE_PHRASE.matcher(words).matches()
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
