package aiv1.dashboard.board;

import aiv1.domain.campaign.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What people did, and which results are not believed any more. Guarded by the [Board].
final class Marks {
    private final List<Mark> all = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private final Set<String> starred = new HashSet<>();
    private final Map<String, Integer> notes = new HashMap<>();
    private final Map<String, String> flags = new HashMap<>();
    private final Map<String, String> reruns = new HashMap<>();

    void add(Mark mark) {
        all.add(mark);
        keys.add(mark.key());
        switch (mark.action()) {
            case "star" -> starred.add(mark.target());
            case "unstar" -> starred.remove(mark.target());
            case "note" -> notes.merge(mark.target(), 1, Integer::sum);
            case Mark.FLAG -> flags.putIfAbsent(mark.target(), mark.text());
            case Mark.RERUN -> reruns.put(mark.text(), mark.target());
            default -> {
                // Recorded for the log only.
            }
        }
    }

    List<Mark> all() {
        return all;
    }

    boolean isKnown(String key) {
        return keys.contains(key);
    }

    boolean isStarred(String id) {
        return starred.contains(id);
    }

    /// Why an experiment is not to be believed.
    Optional<String> flag(String id) {
        return Optional.ofNullable(flags.get(id));
    }

    /// Which experiment this one repeats.
    Optional<String> firstOf(String id) {
        return Optional.ofNullable(reruns.get(id));
    }

    /// What lists show of it. One that is not believed has no place among the measured.
    ObjectNode shown(String id) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("starred", isStarred(id));
        object.put("flagged", flags.get(id));
        object.put("rerun_of", reruns.get(id));
        if (flags.containsKey(id)) {
            object.put("is_placed", false);
        }
        object.put("notes", notes.getOrDefault(id, 0));
        return object;
    }
}
