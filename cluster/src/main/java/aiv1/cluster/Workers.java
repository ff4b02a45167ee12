package aiv1.cluster;

import aiv1.wire.WorkerHealthJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The workers of a campaign: who lives, who is free. Thread-safe.
///
/// A watch asks each for its health every few seconds; one that does not answer, runs another build
/// or drains gets no work until that has passed. Work goes to the healthy worker with the most free
/// slots.
public final class Workers implements AutoCloseable {
    /// How often each worker's health is asked for: with the longest answer this stays below the 15
    /// s within which a dead worker is known.
    static final Duration WATCH_INTERVAL = Duration.ofSeconds(2);

    static final Duration CLOCK_DIFFERENCE_MAX = Duration.ofMinutes(5);

    private final String build;
    private final WorkersListener listener;
    private final Map<URI, Worker> workers = new LinkedHashMap<>();
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(WorkerHttp.CONNECT_TIME_MAX)
                    .build();
    private final List<Thread> watchers = new ArrayList<>();

    /// One worker as it is known here. Guarded by the map.
    private static final class Worker {
        private final WorkerClient client;
        private Optional<WorkerTroubleException> trouble = Optional.empty();
        private int slotCount;
        private int busyCount;

        private Worker(WorkerClient client) {
            this.client = client;
        }

        private int freeCount() {
            return trouble.isEmpty() ? slotCount - busyCount : 0;
        }
    }

    /// `build` is this program's: a worker of another build is refused.
    public Workers(
            List<URI> addresses, Optional<String> token, String build, WorkersListener listener) {
        this.build = build;
        this.listener = listener;
        for (URI address : addresses) {
            workers.put(address, new Worker(new WorkerClient(address, token, client)));
        }
    }

    /// Asks every worker whether it can be used, and has it measure a codec whose numbers are
    /// known; what stands against each, in their order.
    public List<WorkerTroubleException> preflight() {
        List<WorkerTroubleException> troubles = new ArrayList<>();
        for (Worker worker : all()) {
            Optional<WorkerTroubleException> trouble = check(worker);
            if (trouble.isEmpty()) {
                try {
                    worker.client.canary();
                } catch (WorkerTroubleException wrong) {
                    trouble = Optional.of(wrong);
                }
            }
            synchronized (workers) {
                worker.trouble = trouble;
            }
            trouble.ifPresent(troubles::add);
        }
        return troubles;
    }

    /// Begins to watch.
    public void start() {
        for (Worker worker : all()) {
            watchers.add(
                    Thread.ofVirtual()
                            .name("watch-" + worker.client.base())
                            .start(() -> watch(worker)));
        }
    }

    /// How many experiments fit side by side, as far as is known.
    public int slotCount() {
        synchronized (workers) {
            return workers.values().stream().mapToInt(worker -> worker.slotCount).sum();
        }
    }

    /// A free slot on a healthy worker, the freest first; waits for one. Empty when none came in
    /// time.
    Optional<WorkerClient> take(Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        synchronized (workers) {
            while (true) {
                Optional<Worker> free =
                        workers.values().stream()
                                .filter(worker -> worker.freeCount() > 0)
                                .max(Comparator.comparingInt(Worker::freeCount));
                if (free.isPresent()) {
                    free.get().busyCount++;
                    return Optional.of(free.get().client);
                }
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return Optional.empty();
                }
                workers.wait(left);
            }
        }
    }

    void giveBack(WorkerClient client) {
        synchronized (workers) {
            worker(client).busyCount--;
            workers.notifyAll();
        }
    }

    /// It failed just now: it gets no work before its health is good again.
    void flag(WorkerClient client, WorkerTroubleException trouble) {
        note(worker(client), Optional.of(trouble));
    }

    /// What stands against the workers, in their order.
    List<WorkerTroubleException> troubles() {
        synchronized (workers) {
            return workers.values().stream().flatMap(worker -> worker.trouble.stream()).toList();
        }
    }

    @Override
    public void close() {
        watchers.forEach(Thread::interrupt);
        client.shutdownNow();
    }

    private List<Worker> all() {
        synchronized (workers) {
            return List.copyOf(workers.values());
        }
    }

    private Worker worker(WorkerClient client) {
        synchronized (workers) {
            return workers.values().stream()
                    .filter(worker -> worker.client == client)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void watch(Worker worker) {
        while (!Thread.currentThread().isInterrupted()) {
            Optional<WorkerTroubleException> trouble = check(worker);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            note(worker, trouble);
            try {
                Thread.sleep(WATCH_INTERVAL);
            } catch (InterruptedException closed) {
                return;
            }
        }
    }

    private Optional<WorkerTroubleException> check(Worker worker) {
        Optional<WorkerTroubleException> trouble = Optional.empty();
        try {
            WorkerHealthJson health = worker.client.health();
            requireFit(worker.client.base(), health);
            int slots = worker.client.slotCount();
            synchronized (workers) {
                worker.slotCount = slots;
            }
        } catch (WorkerTroubleException wrong) {
            trouble = Optional.of(wrong);
        }
        return trouble;
    }

    private void requireFit(URI base, WorkerHealthJson health) throws WorkerTroubleException {
        if (!health.build().equals(build)) {
            throw new WorkerTroubleException(
                    base,
                    Trouble.WRONG_BUILD,
                    "expected build %s, got %s (process %d, started %s)"
                            .formatted(
                                    build, health.build(), health.processId(), health.startedAt()));
        }
        Duration difference = Duration.between(health.now(), Instant.now()).abs();
        if (difference.compareTo(CLOCK_DIFFERENCE_MAX) > 0) {
            throw new WorkerTroubleException(
                    base,
                    Trouble.WRONG_CLOCK,
                    "its clock is %d s away from ours".formatted(difference.toSeconds()));
        }
        if (health.isDraining()) {
            throw new WorkerTroubleException(base, Trouble.BUSY, "it is draining");
        }
    }

    private void note(Worker worker, Optional<WorkerTroubleException> trouble) {
        boolean wasWell;
        synchronized (workers) {
            wasWell = worker.trouble.isEmpty();
            worker.trouble = trouble;
            workers.notifyAll();
        }
        if (wasWell && trouble.isPresent()) {
            listener.lost(worker.client.base(), trouble.get());
        } else if (!wasWell && trouble.isEmpty()) {
            listener.joined(worker.client.base());
        }
    }
}
