package aiv1.proposer.reply;

import aiv1.domain.candidate.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The text of a part while edits are applied to it, one after the other.
///
/// Lines are held as numbers, equal lines by equal numbers, and searched by Knuth, Morris and Pratt
/// (SIAM J. Comput. 6, 1977): an edit costs time linear in the part, whatever it holds.
final class EditedPart {
    private final Part part;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Integer> stripped = new ArrayList<>();
    private int[] lines;
    private int editCount;

    EditedPart(Part part, String text) {
        this.part = part;
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        this.lines = numbered(List.of(body.split("\n", -1)));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int line : lines) {
            text.append(texts.get(line)).append('\n');
        }
        return text.toString();
    }

    /// Whether `edit` would fit, in one place and only there.
    boolean fits(Edit edit) {
        int[] wanted = numbered(edit.search());
        return wanted.length > 0
                && (LineSearch.in(lines, wanted).count() == 1
                        || LineSearch.in(stripped(lines), stripped(wanted)).count() == 1);
    }

    void apply(Edit edit, List<String> remarks) throws Refused {
        editCount++;
        String where = "edit %d of %s".formatted(editCount, part.fileName());
        if (edit.search().stream().allMatch(String::isBlank)) {
            throw new Refused(where, "lines to search", "none");
        }
        int[] wanted = numbered(edit.search());
        LineSearch found = LineSearch.in(lines, wanted);
        if (found.count() == 0) {
            found = LineSearch.in(stripped(lines), stripped(wanted));
            if (found.count() == 1) {
                remarks.add(where + " fits but for white space at the ends of lines");
            }
        }
        if (found.count() > 1) {
            throw new Refused(
                    where,
                    "lines that occur once",
                    "%s that occur %d times, first at line %d; search for more lines around them"
                            .formatted(
                                    Refused.counted(wanted.length, "line"),
                                    found.count(),
                                    found.first() + 1));
        }
        if (found.count() == 0) {
            throw new Refused(where, "lines of " + part.fileName(), closest(found, edit));
        }
        int[] after = numbered(edit.replace());
        int rest = found.first() + wanted.length;
        int[] edited = Arrays.copyOf(lines, lines.length - wanted.length + after.length);
        System.arraycopy(after, 0, edited, found.first(), after.length);
        System.arraycopy(lines, rest, edited, found.first() + after.length, lines.length - rest);
        lines = edited;
    }

    /// Says where the search broke off, or which line is most like its first.
    private String closest(LineSearch found, Edit edit) {
        List<String> source = Arrays.stream(lines).mapToObj(texts::get).toList();
        if (found.longest() > 0 && !edit.search().getFirst().isBlank()) {
            int at = found.longestEnd();
            String wanted = Refused.quoted(edit.search().get(found.longest()));
            return at < source.size()
                    ? "%s where line %d is %s"
                            .formatted(wanted, at + 1, Refused.quoted(source.get(at)))
                    : wanted + " behind its last line";
        }
        String wanted =
                edit.search().stream().filter(line -> !line.isBlank()).findFirst().orElseThrow();
        return ClosestLine.in(source, wanted)
                .map(
                        at ->
                                "%s; the closest is line %d: %s"
                                        .formatted(
                                                Refused.quoted(wanted),
                                                at + 1,
                                                Refused.quoted(source.get(at))))
                .orElse("%s, and no line is like it".formatted(Refused.quoted(wanted)));
    }

    private int[] numbered(List<String> lines) {
        return lines.stream().mapToInt(this::number).toArray();
    }

    private int number(String line) {
        Integer known = numbers.get(line);
        if (known != null) {
            return known;
        }
        int number = texts.size();
        numbers.put(line, number);
        texts.add(line);
        stripped.add(number);
        String bare = line.stripTrailing();
        if (!bare.equals(line)) {
            stripped.set(number, number(bare));
        }
        return number;
    }

    private int[] stripped(int[] lines) {
        return Arrays.stream(lines).map(stripped::get).toArray();
    }
}
