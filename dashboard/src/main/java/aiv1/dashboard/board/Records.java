package aiv1.dashboard.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The recorded experiments in the order of recording, found by id and by campaign, and the best of
/// each campaign. Not thread-safe.
final class Records {
    /// Those that no campaign asked for.
    private static final String NO_CAMPAIGN = "";

    private final Predicate<String> isFlagged;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, List<Entry>> byCampaign = new HashMap<>();
    private final Map<String, Entry> byId = new HashMap<>();
    private final Map<String, Entry> best = new HashMap<>();

    /// `isFlagged` says of an id whether it is not to be believed.
    Records(Predicate<String> isFlagged) {
        this.isFlagged = isFlagged;
    }

    /// True when it is the best of its campaign from now on.
    boolean add(Entry entry) {
        entries.add(entry);
        byId.put(entry.id(), entry);
        byCampaign.computeIfAbsent(campaign(entry), any -> new ArrayList<>()).add(entry);
        Entry before = best.get(campaign(entry));
        if (!isPlaced(entry)
                || (before != null
                        && entry.score().orElseThrow() >= before.score().orElseThrow())) {
            return false;
        }
        best.put(campaign(entry), entry);
        return true;
    }

    /// Whoever was the best and is not believed any more gives way to the next; true when it was.
    boolean flagged(String id) {
        Entry entry = byId.get(id);
        if (entry == null || !entry.equals(best.get(campaign(entry)))) {
            return false;
        }
        best.remove(campaign(entry));
        byCampaign.getOrDefault(campaign(entry), List.of()).stream()
                .filter(this::isPlaced)
                .min(Comparator.comparingDouble(other -> other.score().orElseThrow()))
                .ifPresent(next -> best.put(campaign(entry), next));
        return true;
    }

    Optional<Entry> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<Entry> best(String campaign) {
        return Optional.ofNullable(best.get(campaign));
    }

    /// Those of one campaign, or all.
    List<Entry> of(Optional<String> campaign) {
        return List.copyOf(
                campaign.map(id -> byCampaign.getOrDefault(id, List.of())).orElse(entries));
    }

    /// Those of one campaign behind the first `seenCount` of it.
    List<Entry> of(String campaign, int seenCount) {
        List<Entry> all = byCampaign.getOrDefault(campaign, List.of());
        return List.copyOf(all.subList(Math.min(seenCount, all.size()), all.size()));
    }

    /// Those recorded after `position`.
    List<Entry> after(long position) {
        int from = entries.size();
        while (from > 0 && entries.get(from - 1).position() > position) {
            from--;
        }
        return List.copyOf(entries.subList(from, entries.size()));
    }

    int count() {
        return entries.size();
    }

    private boolean isPlaced(Entry entry) {
        return entry.score().isPresent() && !isFlagged.test(entry.id());
    }

    private static String campaign(Entry entry) {
        return entry.campaign().orElse(NO_CAMPAIGN);
    }
}
