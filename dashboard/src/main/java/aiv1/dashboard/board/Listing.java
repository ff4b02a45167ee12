package aiv1.dashboard.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pages of lists that stay in place while the ledger grows: a cursor names the last entry seen by
/// its key and position, and the next page begins behind it. Thread-safe.
///
/// Theory of operation. All entries are kept in each order that was asked for, and so are the last
/// few selections. When the ledger has grown, what is new is put in its place; nothing is sorted
/// again, however many there are. A selection in any order is the whole list in that order, passed
/// through its filters.
public final class Listing {
    private static final int KEPT_COUNT_MAX = 16;

    private final Board board;
    private final SearchIndex index = new SearchIndex();
    private long indexed;
    private final Map<Selection.Order, Kept> whole = new EnumMap<>(Selection.Order.class);
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
    public record Counts(int successful, int failed, int cancelled) {
        static Counts of(List<Entry> entries) {
            int successful = 0;
            int cancelled = 0;
            for (Entry entry : entries) {
                successful += entry.isMeasured() ? 1 : 0;
                cancelled += entry.state().equals("cancelled") ? 1 : 0;
            }
            return new Counts(successful, entries.size() - successful - cancelled, cancelled);
        }

        Counts plus(Counts more) {
            return new Counts(
                    successful + more.successful, failed + more.failed, cancelled + more.cancelled);
        }
    }

    /// Some entries and where to go on.
    public record Page(List<Entry> entries, Optional<String> next) {}

    /// Entries in order, as of a position of the ledger and a number of marks; never changed.
    private record Kept(long position, int markCount, List<Entry> entries, Counts counts) {
        static Kept of(long position, int markCount, List<Entry> entries) {
            return new Kept(position, markCount, entries, Counts.of(entries));
        }

        /// With what came since; `more` are those of it that belong here.
        Kept plus(long newPosition, List<Entry> more, Selection.Order order) {
            if (more.isEmpty()) {
                return new Kept(newPosition, markCount, entries, counts);
            }
            List<Entry> all = new ArrayList<>(entries.size() + more.size());
            all.addAll(entries);
            for (Entry entry : more) {
                all.add(firstBehind(all, order, Cursor.of(order, entry)), entry);
            }
            return new Kept(newPosition, markCount, all, counts.plus(Counts.of(more)));
        }
    }

    /// Sorts everything in each order, and reads what is searched, so that nobody who asks has to
    /// wait for it.
    public void warm() {
        for (Selection.Order order : Selection.Order.values()) {
            counts(Selection.all(Optional.empty(), order));
        }
        found("", 0);
    }

    public Counts counts(Selection selection) {
        return kept(selection).counts();
    }

    /// All of a selection, in order.
    public List<Entry> entries(Selection selection) {
        return kept(selection).entries();
    }

    /// At most `countMax` entries behind `cursor`.
    public Page page(Selection selection, Tab tab, Optional<Cursor> cursor, int countMax) {
        List<Entry> all = kept(selection).entries();
        int from = cursor.map(at -> firstBehind(all, selection.order(), at)).orElse(0);
        List<Entry> page = new ArrayList<>();
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
        int marks = selection.isStarredOnly() ? board.markCount() : 0;
        Kept all = whole(selection.order());
        if (selection.isAll()) {
            return all;
        }
        Kept known;
        synchronized (kept) {
            known = kept.get(selection);
        }
        if (known == null || known.markCount() != marks) {
            known = Kept.of(all.position(), marks, selected(selection, all));
        } else if (known.position() < all.position()) {
            List<Entry> more =
                    board.entriesAfter(known.position()).stream()
                            .filter(entry -> entry.position() <= all.position())
                            .toList();
            known =
                    known.plus(
                            all.position(),
                            selection.of(more, entry -> board.isStarred(entry.id())),
                            selection.order());
        }
        // Two that ask at once may both have made it: either is right as of its position.
        synchronized (kept) {
            kept.put(selection, known);
        }
        return known;
    }

    /// Those of `all` that pass; a text is looked up, so that not each of them is looked at.
    private List<Entry> selected(Selection selection, Kept all) {
        List<Entry> searched = all.entries();
        if (selection.text().isPresent()) {
            searched = new ArrayList<>(found(selection.text().get(), all.position()));
            searched.sort(Comparator.comparingDouble(selection.order()::key));
        }
        return selection.of(searched, entry -> board.isStarred(entry.id()));
    }

    private List<Entry> found(String text, long positionMax) {
        synchronized (index) {
            for (Entry entry : board.entriesAfter(indexed)) {
                index.add(entry);
                indexed = entry.position();
            }
            return index.find(text).stream()
                    .filter(entry -> entry.position() <= positionMax)
                    .toList();
        }
    }

    private Kept whole(Selection.Order order) {
        synchronized (whole) {
            Kept known = whole.get(order);
            List<Entry> more =
                    known == null ? board.entries() : board.entriesAfter(known.position());
            if (known != null && more.isEmpty()) {
                return known;
            }
            long position = more.isEmpty() ? 0 : more.getLast().position();
            Kept made;
            if (known == null) {
                List<Entry> all = new ArrayList<>(more);
                all.sort(Comparator.comparingDouble(order::key));
                made = Kept.of(position, 0, all);
            } else {
                made = known.plus(position, more, order);
            }
            whole.put(order, made);
            return made;
        }
    }
}
