package aiv1.proposer.prompt;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What really changed from one codec to the next, read from their sources: authors say what they
/// meant, this says what they did.
///
/// Lines are compared as a bag, blank ones left out: a function that only moved did not change.
final class Change {
    private static final Pattern HEAD = Pattern.compile("(?:async )?(?:def|class) (\\w+).*");
    private static final int NAME_COUNT_MAX = 8;
    private static final int QUOTED_LINE_COUNT_MAX = 2;
    private static final int QUOTED_LENGTH_MAX = 100;

    private Change() {}

    /// One line, such as `encoder.py +12 -3 lines in search, encode`; "nothing" for equal sources.
    static String between(Candidate before, Candidate after) {
        List<String> parts = new ArrayList<>();
        for (Part part : Part.values()) {
            String old = before.source(part).orElse("");
            String now = after.source(part).orElse("");
            if (!old.equals(now)) {
                parts.add(part.fileName() + " " + between(old, now));
            }
        }
        return parts.isEmpty() ? "nothing" : String.join("; ", parts);
    }

    private static String between(String before, String after) {
        Map<String, Integer> rest = bag(before);
        List<String> added = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        String name = "the top level";
        for (String line : after.lines().toList()) {
            Matcher head = HEAD.matcher(line);
            if (head.matches()) {
                name = head.group(1);
            } else if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0))) {
                name = "the top level";
            }
            if (!line.isBlank() && !take(rest, line.strip())) {
                added.add(line.strip());
                names.add(name);
            }
        }
        int removed = rest.values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder text = new StringBuilder("+%d -%d lines".formatted(added.size(), removed));
        if (!names.isEmpty()) {
            text.append(" in ")
                    .append(String.join(", ", names.stream().limit(NAME_COUNT_MAX).toList()));
            if (names.size() > NAME_COUNT_MAX) {
                text.append(" and %d more".formatted(names.size() - NAME_COUNT_MAX));
            }
        }
        if (!added.isEmpty() && added.size() <= QUOTED_LINE_COUNT_MAX) {
            added.forEach(
                    line ->
                            text.append(" `")
                                    .append(Words.cut(line, QUOTED_LENGTH_MAX))
                                    .append('`'));
        }
        return text.toString();
    }

    private static Map<String, Integer> bag(String source) {
        Map<String, Integer> lines = new HashMap<>();
        source.lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> lines.merge(line.strip(), 1, Integer::sum));
        return lines;
    }

    private static boolean take(Map<String, Integer> lines, String line) {
        Integer count = lines.get(line);
        if (count == null) {
            return false;
        }
        if (count == 1) {
            lines.remove(line);
        } else {
            lines.put(line, count - 1);
        }
        return true;
    }
}
