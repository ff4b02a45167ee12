package aiv1.cluster;

import aiv1.wire.WorkerHealthJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Keeps a roster true. Thread-safe.
///
/// A scout asks the sources again and again where workers are: a new place is watched from then on,
/// one that is listed no more gets no new work, and a source that cannot be asked just now leaves
/// everything as it was. A watch for each place asks for its health; one that does not answer, runs
/// another build or drains gets no work until that has passed, and a process that was not there
/// before must measure the canary codec first. Who is found under two addresses counts once.
final class Lookout implements AutoCloseable {
    private final Roster roster;
    private final Whereabouts whereabouts;
    private final WorkerAccess access;
    private final Demand demand;
    private final WorkersListener listener;
    private final Timing timing;
    private final Preflight preflight;
    private final Map<Place, Thread> watchers = new HashMap<>();
    private Optional<Thread> scout = Optional.empty();
    private boolean isClosed;

    Lookout(
            Roster roster,
            Whereabouts whereabouts,
            WorkerAccess access,
            Demand demand,
            WorkersListener listener,
            Preflight preflight,
            Timing timing) {
        this.roster = roster;
        this.whereabouts = whereabouts;
        this.access = access;
        this.demand = demand;
        this.listener = listener;
        this.preflight = preflight;
        this.timing = timing;
    }

    /// Looks at every worker that the sources name, all at once, and has each measure a codec whose
    /// numbers are known; what stands against them, in their order.
    List<WorkerTroubleException> preflight() {
        List<WorkerTroubleException> troubles = new ArrayList<>(lookAround());
        List<Future<Optional<WorkerTroubleException>>> looks = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Worker worker : roster.all()) {
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
    void start() {
        synchronized (roster) {
            roster.all().forEach(this::watchFromNowOn);
            scout = Optional.of(Thread.ofVirtual().name("scout").start(this::scout));
        }
    }

    @Override
    public void close() {
        synchronized (roster) {
            isClosed = true;
            scout.ifPresent(Thread::interrupt);
            watchers.values().forEach(Thread::interrupt);
        }
    }

    /// What the preflight found is told by whoever asked for it.
    private void begin(Worker worker, Optional<WorkerTroubleException> trouble) {
        synchronized (roster) {
            worker.trouble = trouble;
            worker.told = trouble.isEmpty() ? Worker.Told.WELL : Worker.Told.LOST;
        }
    }

    /// One round of the sources: workers come and go by it. What stands against sources.
    List<WorkerTroubleException> lookAround() {
        List<WorkerTroubleException> troubles = whereabouts.look();
        Set<Place> places = whereabouts.places();
        List<Worker> left;
        synchronized (roster) {
            for (Place place : places) {
                Worker worker =
                        roster.at(place, at -> new Worker(new WorkerClient(at, access, timing)));
                worker.hasLeft = false;
                if (scout.isPresent()) {
                    watchFromNowOn(worker);
                }
            }
            left = roster.missing(places);
            for (Worker worker : left) {
                worker.hasLeft = true;
                Optional.ofNullable(watchers.remove(worker.client.place()))
                        .ifPresent(Thread::interrupt);
            }
        }
        // Whoever hears of it and looks must not find one that is gone.
        roster.forgetIdleLeavers();
        for (Worker worker : left) {
            note(
                    worker,
                    Optional.of(worker.client.trouble(Trouble.LEFT, "it is no longer listed")));
        }
        return troubles;
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
            Preflight.requireFit(worker.client, health, demand.build());
            Optional<WorkerLoad> load = worker.client.load();
            synchronized (roster) {
                worker.heardNanos = OptionalLong.of(System.nanoTime());
                worker.build = health.build();
                worker.name = health.worker();
                worker.load = load;
                Optional<Preflight.Identity> identity = Optional.of(Preflight.Identity.of(health));
                if (worker.known.equals(identity)) {
                    worker.isAlias = roster.isCountedElsewhere(worker);
                    return Optional.empty();
                }
                // Somebody else: no work before the whole of it was looked at.
                worker.known = Optional.empty();
            }
            return admit(worker);
        } catch (WorkerTroubleException wrong) {
            return Optional.of(wrong);
        }
    }

    /// The whole preflight, canary codec and all.
    private Optional<WorkerTroubleException> admit(Worker worker) {
        Preflight.Report report = preflight.examine(worker.client);
        synchronized (roster) {
            if (report.capacity().isPresent()) {
                worker.known = report.identity();
                worker.name = report.name();
                worker.build = demand.build();
                worker.heardNanos = OptionalLong.of(System.nanoTime());
                worker.slotCount = report.capacity().get().slotCount();
                worker.capabilities = report.capacity().get().capabilities();
                worker.isAlias = roster.isCountedElsewhere(worker);
            }
        }
        return report.trouble();
    }

    /// How a worker is found just now; told when it was otherwise before.
    void note(Worker worker, Optional<WorkerTroubleException> trouble) {
        Worker.Told before;
        synchronized (roster) {
            before = worker.told;
            worker.trouble = trouble;
            worker.told = trouble.isEmpty() ? Worker.Told.WELL : Worker.Told.LOST;
            roster.notifyAll();
        }
        if (trouble.isPresent() && before != Worker.Told.LOST) {
            listener.lost(worker.client.place(), trouble.get());
        } else if (trouble.isEmpty() && before != Worker.Told.WELL && !worker.isSetAside) {
            listener.joined(worker.client.place());
        }
    }
}
