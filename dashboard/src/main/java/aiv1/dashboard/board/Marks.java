package aiv1.dashboard.board;

import aiv1.domain.campaign.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What people did. Guarded by the [Board].
final class Marks {
    private final List<Mark> all = new ArrayList<>();
    private final Set<String> starred = new HashSet<>();
    private final Map<String, Integer> notes = new HashMap<>();

    void add(Mark mark) {
        all.add(mark);
        switch (mark.action()) {
            case "star" -> starred.add(mark.target());
            case "unstar" -> starred.remove(mark.target());
            case "note" -> notes.merge(mark.target(), 1, Integer::sum);
            default -> {
                // Recorded for the log only.
            }
        }
    }

    List<Mark> all() {
        return all;
    }

    boolean isStarred(String id) {
        return starred.contains(id);
    }

    int noteCount(String id) {
        return notes.getOrDefault(id, 0);
    }
}
