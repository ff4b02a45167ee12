package aiv1.cluster;

import aiv1.domain.experiment.ExperimentId;
import aiv1.wire.WorkerHealthJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The workers of a campaign: who is there, who lives, who is free. Thread-safe.
///
/// Theory of operation. A scout asks the sources again and again where workers are: a new place is
/// watched from then on, one that is listed no more gets no new work, and a source that cannot be
/// asked just now leaves everything as it was. A watch for each place asks for its health; one that
/// does not answer, runs another build or drains gets no work until that has passed, and a process
/// that was not there before must measure the canary codec first. Who is found under two addresses
/// counts once. Work goes to the healthy worker with the most free slots.
public final class Workers implements AutoCloseable {
    private final List<WorkerSource> sources;
    private final WorkerAccess access;
    private final String build;
    private final WorkersListener listener;
    private final Resolver resolver;
    private final Timing timing;
    private final Preflight preflight;
    private final Map<Place, Worker> workers = new LinkedHashMap<>();
    private final Map<WorkerSource, List<Place>> listed = new HashMap<>();
    private final Map<Place, Thread> watchers = new HashMap<>();
    private Optional<Thread> scout = Optional.empty();
    private boolean isClosed;

    /// `build` is this program's: a worker of another build is refused.
    public Workers(
            List<WorkerSource> sources,
            WorkerAccess access,
            String build,
            WorkersListener listener) {
        this(sources, access, build, listener, Resolver.SYSTEM, Timing.USUAL);
    }

    Workers(
            List<WorkerSource> sources,
            WorkerAccess access,
            String build,
            WorkersListener listener,
            Resolver resolver,
            Timing timing) {
        this.sources = List.copyOf(sources);
        this.access = access;
        this.build = build;
        this.listener = listener;
        this.resolver = resolver;
        this.timing = timing;
        this.preflight = new Preflight(access, build, resolver, timing);
    }

    /// Looks at every worker that the sources name, all at once, and has each measure a codec whose
    /// numbers are known; what stands against them, in their order.
    public List<WorkerTroubleException> preflight() {
        List<WorkerTroubleException> troubles = new ArrayList<>(lookAround());
        List<Future<Optional<WorkerTroubleException>>> looks = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Worker worker : all()) {
                looks.add(
                        threads.submit(
                                () -> {
                                    Optional<WorkerTroubleException> trouble = admit(worker);
                                    begin(worker, trouble);
                                    return trouble;
                                }));
            }
        }
        looks.forEach(look -> look.resultNow().ifPresent(troubles::add));
        return troubles;
    }

    /// Begins to watch, and to look for more.
    public void start() {
        synchronized (workers) {
            all().forEach(this::watchFromNowOn);
            scout = Optional.of(Thread.ofVirtual().name("scout").start(this::scout));
        }
    }

    /// How many workers are well.
    public int count() {
        synchronized (workers) {
            return (int)
                    workers.values().stream()
                            .filter(worker -> worker.isWell() && !worker.isAlias)
                            .count();
        }
    }

    /// How many experiments fit side by side, as far as is known.
    public int slotCount() {
        synchronized (workers) {
            return workers.values().stream()
                    .filter(worker -> !worker.isAlias && !worker.hasLeft)
                    .mapToInt(worker -> worker.slotCount)
                    .sum();
        }
    }

    /// How each worker stands just now, in the order in which they were found.
    public List<WorkerStanding> standing() {
        synchronized (workers) {
            return workers.values().stream().map(WorkerStanding::of).toList();
        }
    }

    /// A free slot on a healthy worker, the freest first; waits for one. Empty when none came in
    /// time.
    Optional<WorkerClient> take(Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        synchronized (workers) {
            while (true) {
                Optional<Worker> free = freest();
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
            worker(client).ifPresent(worker -> worker.busyCount--);
            forgetIdleLeavers();
            workers.notifyAll();
        }
    }

    /// It failed just now: it gets no work before its health is good again.
    void flag(WorkerClient client, WorkerTroubleException trouble) {
        worker(client).ifPresent(worker -> note(worker, Optional.of(trouble)));
    }

    /// It lied: it gets no work again in this campaign.
    void setAside(WorkerClient client, WorkerTroubleException lie) {
        synchronized (workers) {
            worker(client).ifPresent(worker -> worker.isSetAside = true);
        }
        flag(client, lie);
    }

    boolean isSetAside(WorkerClient client) {
        synchronized (workers) {
            return worker(client).map(worker -> worker.isSetAside).orElse(false);
        }
    }

    /// Another healthy worker than `client`, for a question in between.
    Optional<WorkerClient> other(WorkerClient client) {
        synchronized (workers) {
            return workers.values().stream()
                    .filter(worker -> worker.client != client && worker.isWell())
                    .filter(worker -> !worker.isAlias)
                    .map(worker -> worker.client)
                    .findFirst();
        }
    }

    void dispute(ExperimentId experiment, WorkerClient client, String why) {
        listener.disputed(experiment, client.place(), why);
    }

    /// What stands against the workers, in their order.
    List<WorkerTroubleException> troubles() {
        synchronized (workers) {
            return workers.values().stream().flatMap(worker -> worker.trouble.stream()).toList();
        }
    }

    @Override
    public void close() {
        synchronized (workers) {
            isClosed = true;
            scout.ifPresent(Thread::interrupt);
            watchers.values().forEach(Thread::interrupt);
        }
    }

    /// What the preflight found is told by whoever asked for it.
    private void begin(Worker worker, Optional<WorkerTroubleException> trouble) {
        synchronized (workers) {
            worker.trouble = trouble;
            worker.told = trouble.isEmpty() ? Worker.Told.WELL : Worker.Told.LOST;
        }
    }

    /// One round of the sources: workers come and go by it. What stands against sources.
    List<WorkerTroubleException> lookAround() {
        List<WorkerTroubleException> troubles = new ArrayList<>();
        for (WorkerSource source : sources) {
            WorkerSource.Found found = source.look(resolver);
            troubles.addAll(found.troubles());
            synchronized (workers) {
                Set<Place> places = new LinkedHashSet<>(found.places());
                if (!found.troubles().isEmpty()) {
                    // Nobody is gone by the word of a look that failed.
                    places.addAll(listed.getOrDefault(source, List.of()));
                }
                listed.put(source, List.copyOf(places));
            }
        }
        reconcile();
        return troubles;
    }

    private void reconcile() {
        List<Worker> left = new ArrayList<>();
        synchronized (workers) {
            Set<Place> places = new LinkedHashSet<>();
            sources.forEach(source -> places.addAll(listed.getOrDefault(source, List.of())));
            for (Place place : places) {
                Worker worker =
                        workers.computeIfAbsent(
                                place, any -> new Worker(new WorkerClient(place, access, timing)));
                worker.hasLeft = false;
                if (scout.isPresent()) {
                    watchFromNowOn(worker);
                }
            }
            for (Worker worker : workers.values()) {
                if (!places.contains(worker.client.place()) && !worker.hasLeft) {
                    worker.hasLeft = true;
                    left.add(worker);
                    Optional.ofNullable(watchers.remove(worker.client.place()))
                            .ifPresent(Thread::interrupt);
                }
            }
        }
        left.forEach(
                worker ->
                        note(
                                worker,
                                Optional.of(
                                        worker.client.trouble(
                                                Trouble.LEFT, "it is no longer listed"))));
        synchronized (workers) {
            forgetIdleLeavers();
        }
    }

    private void forgetIdleLeavers() {
        workers.values().removeIf(worker -> worker.hasLeft && worker.busyCount == 0);
    }

    private Optional<Worker> freest() {
        return workers.values().stream()
                .filter(worker -> worker.freeCount() > 0)
                .max(Comparator.comparingInt(Worker::freeCount));
    }

    private List<Worker> all() {
        synchronized (workers) {
            return List.copyOf(workers.values());
        }
    }

    private Optional<Worker> worker(WorkerClient client) {
        synchronized (workers) {
            return workers.values().stream().filter(worker -> worker.client == client).findFirst();
        }
    }

    private void scout() {
        while (pause()) {
            lookAround();
        }
    }

    private void watchFromNowOn(Worker worker) {
        if (!isClosed) {
            watchers.computeIfAbsent(
                    worker.client.place(),
                    place -> Thread.ofVirtual().name("watch-" + place).start(() -> watch(worker)));
        }
    }

    private void watch(Worker worker) {
        do {
            Optional<WorkerTroubleException> trouble = check(worker);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            note(worker, trouble);
        } while (pause());
    }

    /// False when there is no more to do.
    private boolean pause() {
        try {
            Thread.sleep(timing.watchInterval());
            return true;
        } catch (InterruptedException closed) {
            return false;
        }
    }

    /// A look at a worker that was found right before; at any other, the whole of it.
    private Optional<WorkerTroubleException> check(Worker worker) {
        try {
            WorkerHealthJson health = worker.client.health();
            Preflight.requireFit(worker.client, health, build);
            synchronized (workers) {
                worker.name = health.worker();
                Optional<Preflight.Identity> identity = Optional.of(Preflight.Identity.of(health));
                if (worker.known.equals(identity)) {
                    worker.isAlias = isCountedElsewhere(worker);
                    return Optional.empty();
                }
            }
            return admit(worker);
        } catch (WorkerTroubleException wrong) {
            return Optional.of(wrong);
        }
    }

    /// The whole preflight, canary codec and all.
    private Optional<WorkerTroubleException> admit(Worker worker) {
        Preflight.Report report = preflight.examine(worker.client);
        synchronized (workers) {
            if (report.trouble().isEmpty()) {
                worker.known = report.identity();
                worker.name = report.name();
                worker.slotCount = report.slotCount();
                worker.isAlias = isCountedElsewhere(worker);
            }
        }
        return report.trouble();
    }

    private boolean isCountedElsewhere(Worker worker) {
        return workers.values().stream()
                .anyMatch(
                        other ->
                                other != worker
                                        && !other.isAlias
                                        && other.isWell()
                                        && other.known.equals(worker.known));
    }

    private void note(Worker worker, Optional<WorkerTroubleException> trouble) {
        Worker.Told before;
        synchronized (workers) {
            before = worker.told;
            worker.trouble = trouble;
            worker.told = trouble.isEmpty() ? Worker.Told.WELL : Worker.Told.LOST;
            workers.notifyAll();
        }
        if (trouble.isPresent() && before != Worker.Told.LOST) {
            listener.lost(worker.client.place(), trouble.get());
        } else if (trouble.isEmpty() && before != Worker.Told.WELL && !worker.isSetAside) {
            listener.joined(worker.client.place());
        }
    }
}
