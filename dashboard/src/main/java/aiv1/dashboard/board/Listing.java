package aiv1.dashboard.board;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pages of lists that stay in place while the ledger grows: a cursor names the last entry seen by
/// its key and position, and the next page begins behind it. Thread-safe.
public final class Listing {
    private static final int KEPT_COUNT_MAX = 16;

    private final Board board;
    private final Map<Selection, Kept> kept =
            new LinkedHashMap<>(KEPT_COUNT_MAX, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Selection, Kept> eldest) {
                    return size() > KEPT_COUNT_MAX;
                }
            };

    public Listing(Board board) {
        this.board = board;
    }

    /// Which of the three tabs of a list.
    public enum Tab {
        SUCCESSFUL,
        FAILED,
        CANCELLED,
        ALL;

        boolean passes(Entry entry) {
            return switch (this) {
                case SUCCESSFUL -> entry.isMeasured();
                case FAILED -> entry.state().equals("failed");
                case CANCELLED -> entry.state().equals("cancelled");
                case ALL -> true;
            };
        }
    }

    /// How many recorded experiments of a selection are in which state.
    public record Counts(int successful, int failed, int cancelled) {}

    /// Some entries and where to go on.
    public record Page(List<Entry> entries, Optional<String> next) {}

    private record Kept(long version, int starCount, List<Entry> entries, Counts counts) {}

    public Counts counts(Selection selection) {
        return kept(selection).counts();
    }

    /// At most `countMax` entries behind `cursor`.
    public Page page(Selection selection, Tab tab, Optional<Cursor> cursor, int countMax) {
        List<Entry> all = kept(selection).entries();
        int from = cursor.map(at -> firstBehind(all, selection.order(), at)).orElse(0);
        java.util.ArrayList<Entry> page = new java.util.ArrayList<>();
        int at = from;
        while (at < all.size() && page.size() < countMax) {
            if (tab.passes(all.get(at))) {
                page.add(all.get(at));
            }
            at++;
        }
        boolean isMore = all.subList(at, all.size()).stream().anyMatch(tab::passes);
        Optional<String> next =
                isMore
                        ? Optional.of(Cursor.of(selection.order(), page.getLast()).text())
                        : Optional.empty();
        return new Page(page, next);
    }

    private static int firstBehind(List<Entry> all, Selection.Order order, Cursor cursor) {
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cursor.isBefore(order, all.get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private Kept kept(Selection selection) {
        long version = board.version();
        int stars = selection.isStarredOnly() ? board.marks(mark -> true).size() : 0;
        synchronized (kept) {
            Kept known = kept.get(selection);
            if (known != null && known.version() == version && known.starCount() == stars) {
                return known;
            }
        }
        List<Entry> entries = selection.of(board.entries(), entry -> board.isStarred(entry.id()));
        int successful = 0;
        int cancelled = 0;
        for (Entry entry : entries) {
            successful += entry.isMeasured() ? 1 : 0;
            cancelled += entry.state().equals("cancelled") ? 1 : 0;
        }
        Kept made =
                new Kept(
                        version,
                        stars,
                        entries,
                        new Counts(successful, entries.size() - successful - cancelled, cancelled));
        synchronized (kept) {
            kept.put(selection, made);
        }
        return made;
    }
}
