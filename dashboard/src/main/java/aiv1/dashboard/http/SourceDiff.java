package aiv1.dashboard.http;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What changed between two candidates, line by line, with a few lines around each change.
final class SourceDiff {
    private static final int AROUND = 3;

    private SourceDiff() {}

    static ArrayNode of(Map<String, String> base, Map<String, String> other) {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        TreeSet<String> names = new TreeSet<>(base.keySet());
        names.addAll(other.keySet());
        for (String name : names) {
            ObjectNode part = parts.addObject();
            part.put("name", name);
            hunks(
                    part.putArray("hunks"),
                    base.getOrDefault(name, "").lines().toList(),
                    other.getOrDefault(name, "").lines().toList());
        }
        return parts;
    }

    /// `a` and `b` are the numbers of a hunk's first line on either side, 1-based.
    private static void hunks(ArrayNode hunks, List<String> base, List<String> other) {
        List<AbstractDelta<String>> deltas = DiffUtils.diff(base, other).getDeltas();
        int i = 0;
        while (i < deltas.size()) {
            AbstractDelta<String> first = deltas.get(i);
            int a = Math.max(0, first.getSource().getPosition() - AROUND);
            int shift = first.getTarget().getPosition() - first.getSource().getPosition();
            ObjectNode hunk = hunks.addObject();
            hunk.put("a", a + 1);
            hunk.put("b", a + shift + 1);
            ArrayNode lines = hunk.putArray("lines");
            int at = a;
            boolean isNear = true;
            while (isNear) {
                AbstractDelta<String> delta = deltas.get(i);
                at = context(lines, base, at, delta.getSource().getPosition());
                delta.getSource().getLines().forEach(line -> add(lines, "-", line));
                delta.getTarget().getLines().forEach(line -> add(lines, "+", line));
                at += delta.getSource().size();
                i++;
                isNear =
                        i < deltas.size()
                                && deltas.get(i).getSource().getPosition() - at <= 2 * AROUND;
            }
            context(lines, base, at, Math.min(base.size(), at + AROUND));
        }
    }

    private static int context(ArrayNode lines, List<String> base, int from, int to) {
        for (int i = from; i < to; i++) {
            add(lines, " ", base.get(i));
        }
        return to;
    }

    private static void add(ArrayNode lines, String kind, String text) {
        lines.addObject().put("kind", kind).put("text", text);
    }
}
