package aiv1.proposer.prompt;

/// Cuts prose between words.
final class Words {
    private static final double SHORTEST_SHARE = 0.6;

    private Words() {}

    /// At most `lengthMax` characters; a text that was cut ends in an ellipsis.
    static String cut(String text, int lengthMax) {
        if (text.length() <= lengthMax) {
            return text;
        }
        int space = text.lastIndexOf(' ', lengthMax - 1);
        int end = space > lengthMax * SHORTEST_SHARE ? space : lengthMax - 1;
        return text.substring(0, end).stripTrailing() + "…";
    }
}
