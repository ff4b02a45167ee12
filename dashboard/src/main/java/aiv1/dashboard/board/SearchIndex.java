package aiv1.dashboard.board;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Finds recorded experiments by what is written in them: part of an id, a candidate's beginning,
/// or words of a failure. Not thread-safe.
///
/// Theory of operation. Ids stand one behind the other in one long text, and so do candidates: one
/// search through it, in the order of memory, costs a fraction of looking at as many objects.
/// Failures say the same again and again, so each of their texts is kept once.
final class SearchIndex {
    private static final char END = '\n';
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]+");
    private static final Pattern CANDIDATE = Pattern.compile("[0-9a-f]{1,64}");

    private final List<Entry> entries = new ArrayList<>();
    private final Column ids = new Column();
    private final Column candidates = new Column();
    private final Map<String, List<Integer>> byFailure = new HashMap<>();

    /// Texts one behind the other, each begun and ended by [#END].
    private static final class Column {
        private final StringBuilder text = new StringBuilder().append(END);
        private int[] starts = new int[1024];
        private int count;

        void add(String one) {
            if (count == starts.length) {
                starts = java.util.Arrays.copyOf(starts, 2 * count);
            }
            starts[count] = text.length();
            count++;
            text.append(one).append(END);
        }

        void find(String wanted, BitSet found) {
            for (int at = text.indexOf(wanted); at >= 0; ) {
                // A text that is searched for from its beginning is found at the END before it.
                int place = place(wanted.charAt(0) == END ? at + 1 : at);
                found.set(place);
                at = place + 1 < count ? text.indexOf(wanted, starts[place + 1] - 1) : -1;
            }
        }

        private int place(int at) {
            int found = java.util.Arrays.binarySearch(starts, 0, count, at);
            return found >= 0 ? found : -found - 2;
        }
    }

    void add(Entry entry) {
        ids.add(entry.id());
        candidates.add(entry.candidate());
        entry.fault()
                .ifPresent(
                        fault ->
                                byFailure
                                        .computeIfAbsent(
                                                fault.searched(), any -> new ArrayList<>(2))
                                        .add(entries.size()));
        entries.add(entry);
    }

    /// Those that a text is found in, in the order of recording.
    List<Entry> find(String text) {
        BitSet found = new BitSet(entries.size());
        String lower = text.toLowerCase(Locale.ROOT);
        if (ID.matcher(text).matches()) {
            ids.find(text, found);
        }
        if (CANDIDATE.matcher(lower).matches()) {
            candidates.find(END + lower, found);
        }
        byFailure.forEach(
                (failure, places) -> {
                    if (failure.contains(lower)) {
                        places.forEach(found::set);
                    }
                });
        return found.stream().mapToObj(entries::get).toList();
    }
}
