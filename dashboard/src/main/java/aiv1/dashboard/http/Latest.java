package aiv1.dashboard.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// What was made of recorded experiments lately, by id; since nothing recorded ever changes, it
/// stays true. Thread-safe.
final class Latest<T> {
    private final Map<String, T> kept;
    private final Function<String, T> read;

    /// Keeps `countMax` of them; `read` reads one that is not kept.
    Latest(int countMax, Function<String, T> read) {
        this.read = read;
        this.kept =
                new LinkedHashMap<>(64, 0.75f, true) {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                        return size() > countMax;
                    }
                };
    }

    T find(String id) {
        synchronized (kept) {
            T known = kept.get(id);
            if (known != null) {
                return known;
            }
        }
        T found = read.apply(id);
        synchronized (kept) {
            kept.put(id, found);
        }
        return found;
    }
}
