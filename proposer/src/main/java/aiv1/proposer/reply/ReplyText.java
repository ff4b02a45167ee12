package aiv1.proposer.reply;

import java.util.List;

/// The text of a reply freed of what is not meant for the reader: byte order marks, foreign line
/// ends, and the model's thinking, which often holds drafts of code.
final class ReplyText {
    private static final List<String> THINKING =
            List.of("think", "thinking", "thought", "thoughts", "reasoning");
    private static final String FINAL_CHANNEL = "<|channel|>final<|message|>";

    private ReplyText() {}

    static String clean(String reply, List<String> remarks) throws Refused {
        String text = reply.replace("\r\n", "\n").replace('\r', '\n');
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        int channel = text.lastIndexOf(FINAL_CHANNEL);
        if (channel >= 0) {
            remarks.add("the model's thinking before its final channel was left out");
            text = text.substring(channel + FINAL_CHANNEL.length());
        }
        for (String tag : THINKING) {
            text = withoutThinking(text, tag, remarks);
        }
        return text;
    }

    /// Only thinking that comes before the first fence is a prelude; some servers swallow the tag
    /// that opens it.
    private static String withoutThinking(String text, String tag, List<String> remarks)
            throws Refused {
        String lower = asciiLower(text);
        String closing = "</" + tag + ">";
        int open = lineStart(lower, "<" + tag + ">");
        int fence = firstFence(lower);
        int close = lower.indexOf(closing, Math.max(open, 0));
        if (open >= 0 && open < fence) {
            if (close < 0) {
                throw new Refused(
                        "reply",
                        "code after " + closing,
                        "a reply that ends within the model's thinking");
            }
            remarks.add("the model's thinking in <" + tag + "> was left out");
            return text.substring(0, open) + "\n" + text.substring(close + closing.length());
        }
        if (open < 0 && close >= 0 && endsOrStartsLine(lower, close, closing.length())) {
            remarks.add("the model's thinking before " + closing + " was left out");
            return text.substring(close + closing.length());
        }
        return text;
    }

    /// Keeps every character in its place, which `toLowerCase` does not.
    private static String asciiLower(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            chars[i] += chars[i] >= 'A' && chars[i] <= 'Z' ? (char) ('a' - 'A') : 0;
        }
        return new String(chars);
    }

    private static int firstFence(String text) {
        int backticks = lineStart(text, "```");
        int tildes = lineStart(text, "~~~");
        int none = text.length();
        return Math.min(backticks < 0 ? none : backticks, tildes < 0 ? none : tildes);
    }

    /// Where a line that is not indented starts with `what`; negative if none does.
    private static int lineStart(String text, String what) {
        if (text.startsWith(what)) {
            return 0;
        }
        int at = text.indexOf("\n" + what);
        return at < 0 ? at : at + 1;
    }

    private static boolean endsOrStartsLine(String text, int at, int length) {
        return at == 0
                || text.charAt(at - 1) == '\n'
                || at + length == text.length()
                || text.charAt(at + length) == '\n';
    }
}
