package aiv1.proposer.reply;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The line most like another, by the Dice coefficient of their pairs of neighbouring characters;
/// white space does not count.
final class ClosestLine {
    private static final int LINE_COUNT_MAX = 50_000;
    private static final int LINE_LENGTH_MAX = 200;
    private static final double LIKENESS_MIN = 0.3;

    private ClosestLine() {}

    /// Its index; empty when no line is at all like `wanted`.
    static Optional<Integer> in(List<String> lines, String wanted) {
        Set<Integer> target = pairs(wanted);
        Optional<Integer> closest = Optional.empty();
        double best = LIKENESS_MIN;
        for (int at = 0; at < Math.min(lines.size(), LINE_COUNT_MAX); at++) {
            Set<Integer> pairs = pairs(lines.get(at));
            long shared = pairs.stream().filter(target::contains).count();
            double likeness = 2.0 * shared / Math.max(1, pairs.size() + target.size());
            if (likeness > best) {
                best = likeness;
                closest = Optional.of(at);
            }
        }
        return closest;
    }

    private static Set<Integer> pairs(String line) {
        Set<Integer> pairs = new HashSet<>();
        char last = 0;
        for (int i = 0; i < Math.min(line.length(), LINE_LENGTH_MAX); i++) {
            char c = line.charAt(i);
            if (!Character.isWhitespace(c)) {
                pairs.add(last << 16 | c);
                last = c;
            }
        }
        return pairs;
    }
}
