package aiv1.dashboard.board;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who comes from whom, by candidate. Guarded by the [Board].
final class Relatives {
    private final Map<String, String> first = new HashMap<>();
    private final Map<String, List<String>> children = new HashMap<>();

    void add(Entry entry) {
        first.putIfAbsent(entry.candidate(), entry.id());
        for (String parent : entry.parents()) {
            children.computeIfAbsent(parent, any -> new ArrayList<>(1)).add(entry.id());
        }
    }

    Optional<String> firstOf(String candidate) {
        return Optional.ofNullable(first.get(candidate));
    }

    List<String> childrenOf(String candidate, int countMax) {
        List<String> all = children.getOrDefault(candidate, List.of());
        return List.copyOf(all.subList(0, Math.min(countMax, all.size())));
    }
}
