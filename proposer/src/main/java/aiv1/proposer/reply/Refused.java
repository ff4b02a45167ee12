package aiv1.proposer.reply;

import java.util.Locale;

/// Why a reply holds no candidate, on its way from where that was seen to [ReplyParser].
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int QUOTE_LENGTH_MAX = 80;

    private final String reason;

    Refused(String where, String expected, String got) {
        this("%s: expected %s, got %s".formatted(where, expected, got));
    }

    private Refused(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    /// A piece of hostile text as one short line between quotes.
    static String quoted(String text) {
        String head = text.substring(0, Math.min(text.length(), 4 * QUOTE_LENGTH_MAX));
        String line = head.replaceAll("[\\s\\p{Cntrl}\\p{Cs}]++", " ").strip();
        boolean isCut = text.length() > head.length() || line.length() > QUOTE_LENGTH_MAX;
        int end = Math.min(line.length(), QUOTE_LENGTH_MAX);
        if (end > 0 && end < line.length() && Character.isHighSurrogate(line.charAt(end - 1))) {
            end--;
        }
        return "\"" + line.substring(0, end).strip() + (isCut ? "..." : "") + "\"";
    }

    /// "1 edit", "3 edits".
    static String counted(int count, String noun) {
        return String.format(Locale.ROOT, "%d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
