package aiv1.cluster;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The workers that are known, in the order in which they were found. Every call holds its monitor,
/// and so must whoever changes a worker of it.
final class Roster {
    private final Map<Place, Worker> workers = new LinkedHashMap<>();

    synchronized Worker at(Place place, Function<Place, Worker> made) {
        return workers.computeIfAbsent(place, made);
    }

    synchronized List<Worker> all() {
        return List.copyOf(workers.values());
    }

    synchronized Optional<Worker> find(WorkerClient client) {
        return workers.values().stream().filter(worker -> worker.client == client).findFirst();
    }

    /// Those at none of these places, that were not known to have left.
    synchronized List<Worker> missing(Set<Place> places) {
        return workers.values().stream()
                .filter(worker -> !worker.hasLeft && !places.contains(worker.client.place()))
                .toList();
    }

    /// The healthy worker with the most free slots, of those that are capable.
    synchronized Optional<Worker> freest(String capability) {
        return workers.values().stream()
                .filter(worker -> worker.freeCount() > 0)
                .filter(worker -> worker.capabilities.contains(capability))
                .max(Comparator.comparingInt(Worker::freeCount));
    }

    /// Another healthy worker than `client`.
    synchronized Optional<Worker> other(WorkerClient client) {
        return workers.values().stream()
                .filter(worker -> worker.client != client)
                .filter(worker -> worker.isWell() && !worker.isAlias)
                .findFirst();
    }

    /// Whether another place leads to the same process, and counts for it.
    synchronized boolean isCountedElsewhere(Worker worker) {
        return workers.values().stream()
                .filter(other -> other != worker)
                .filter(other -> other.isWell() && !other.isAlias)
                .anyMatch(other -> other.known.equals(worker.known));
    }

    /// How many are well.
    synchronized int count() {
        return (int)
                workers.values().stream()
                        .filter(worker -> worker.isWell() && !worker.isAlias)
                        .count();
    }

    synchronized int slotCount(String capability) {
        return workers.values().stream()
                .filter(worker -> !worker.isAlias && !worker.hasLeft)
                .filter(worker -> worker.capabilities.contains(capability))
                .mapToInt(worker -> worker.slotCount)
                .sum();
    }

    synchronized void forgetIdleLeavers() {
        workers.values().removeIf(worker -> worker.hasLeft && worker.busyCount == 0);
    }
}
