package aiv1.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where workers are, by the word of all sources. Thread-safe.
///
/// Nobody is gone by the word of a look that failed: a source that cannot be asked just now keeps
/// what it said before.
final class Whereabouts {
    private final List<WorkerSource> sources;
    private final Resolver resolver;
    private final Map<WorkerSource, Set<Place>> listed = new HashMap<>();

    Whereabouts(List<WorkerSource> sources, Resolver resolver) {
        this.sources = List.copyOf(sources);
        this.resolver = resolver;
    }

    /// Asks every source once; what stands against them.
    List<WorkerTroubleException> look() {
        List<WorkerTroubleException> troubles = new ArrayList<>();
        for (WorkerSource source : sources) {
            WorkerSource.Found found = source.look(resolver);
            troubles.addAll(found.troubles());
            synchronized (listed) {
                Set<Place> places = new LinkedHashSet<>(found.places());
                if (!found.troubles().isEmpty()) {
                    places.addAll(listed.getOrDefault(source, Set.of()));
                }
                listed.put(source, places);
            }
        }
        return troubles;
    }

    /// As of the last looks, in the order of the sources.
    Set<Place> places() {
        synchronized (listed) {
            Set<Place> places = new LinkedHashSet<>();
            sources.forEach(source -> places.addAll(listed.getOrDefault(source, Set.of())));
            return places;
        }
    }
}
