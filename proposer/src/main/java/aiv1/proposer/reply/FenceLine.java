package aiv1.proposer.reply;

import java.util.Optional;

/// A line that opens a fenced block, as in CommonMark 0.31 section 4.5, but at any indentation and
/// also right after the marker of a list item.
///
/// `indent` counts the characters before the fence, list marker included; `info` is what follows.
record FenceLine(int indent, char mark, int length, String info) {
    private static final int LENGTH_MIN = 3;
    private static final int INFO_LENGTH_MAX = 200;
    private static final int CLOSING_INDENT_EXTRA_MAX = 3;
    private static final int LIST_DIGIT_COUNT_MAX = 3;

    static Optional<FenceLine> opening(String line) {
        int start = afterListMarker(line, afterSpaces(line, 0));
        int end = afterRun(line, start);
        if (end - start < LENGTH_MIN || line.length() - end > INFO_LENGTH_MAX) {
            return Optional.empty();
        }
        String info = line.substring(end).strip();
        char mark = line.charAt(start);
        return mark == '`' && info.indexOf('`') >= 0
                ? Optional.empty()
                : Optional.of(new FenceLine(start, mark, end - start, info));
    }

    /// Whether `line` ends this block. What chat templates leave behind a fence, such as
    /// `<|im_end|>` or a closing tag, does not hinder it.
    boolean isClosedBy(String line) {
        int start = afterSpaces(line, 0);
        if (start > indent + CLOSING_INDENT_EXTRA_MAX
                || start == line.length()
                || line.charAt(start) != mark) {
            return false;
        }
        int end = afterRun(line, start);
        int rest = afterSpaces(line, end);
        return end - start >= length
                && (rest == line.length()
                        || line.startsWith("<|", rest)
                        || line.startsWith("</", rest));
    }

    /// A line of the block without the indentation of its fence.
    String unindented(String line) {
        int from = 0;
        while (from < Math.min(indent, line.length()) && isSpace(line.charAt(from))) {
            from++;
        }
        return line.substring(from);
    }

    private static int afterRun(String line, int start) {
        if (start == line.length() || (line.charAt(start) != '`' && line.charAt(start) != '~')) {
            return start;
        }
        int end = start;
        while (end < line.length() && line.charAt(end) == line.charAt(start)) {
            end++;
        }
        return end;
    }

    private static int afterListMarker(String line, int start) {
        int end = start;
        while (end < line.length()
                && end - start < LIST_DIGIT_COUNT_MAX
                && Character.isDigit(line.charAt(end))) {
            end++;
        }
        String markers = end > start ? ".)" : "-*+";
        boolean isMarker = end < line.length() && markers.indexOf(line.charAt(end)) >= 0;
        int spaces = end + 1;
        return isMarker && afterSpaces(line, spaces) > spaces ? afterSpaces(line, spaces) : start;
    }

    private static int afterSpaces(String line, int start) {
        int end = Math.min(start, line.length());
        while (end < line.length() && isSpace(line.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
