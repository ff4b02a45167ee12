package aiv1.proposer.prompt;

/// Keeps a text within a budget of tokens, and says what it left out.
final class Cut {
    private Cut() {}

    /// Whole lines from the start, as many as fit into `tokenCountMax`.
    static String to(String text, int tokenCountMax) {
        if (Prompt.estimate(text) <= tokenCountMax) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int left = 0;
        for (String line : text.lines().toList()) {
            if (left > 0 || Prompt.estimate(kept + line) > tokenCountMax) {
                left++;
            } else {
                kept.append(line).append('\n');
            }
        }
        return kept + "[%d more lines left out]\n".formatted(left);
    }
}
