package aiv1.cluster;

import aiv1.domain.experiment.ExperimentId;
import aiv1.wire.WorkerHealthJson;
import java.time.Duration;
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

/// The workers of a campaign: who is there, who lives, who is free. Thread-safe.
///
/// Theory of operation. A scout asks the sources again and again where workers are: a new place is
/// watched from then on, one that is listed no more gets no new work, and a source that cannot be
/// asked just now leaves everything as it was. A watch for each place asks for its health; one that
/// does not answer, runs another build or drains gets no work until that has passed, and a process
/// that was not there before must measure the canary codec first. Who is found under two addresses
/// counts once. Work goes to the healthy worker with the most free slots, of those that have what
/// the campaign wants.
public final class Workers implements AutoCloseable {
    private final Whereabouts whereabouts;
    private final WorkerAccess access;
    private final Demand demand;
    private final WorkersListener listener;
    private final Timing timing;
    private final Preflight preflight;
    private final Roster roster = new Roster();
    private final Map<Place, Thread> watchers = new HashMap<>();
    private Optional<Thread> scout = Optional.empty();
    private boolean isClosed;

    public Workers(
            List<WorkerSource> sources,
            WorkerAccess access,
            Demand demand,
            WorkersListener listener) {
        this(sources, access, demand, listener, Resolver.SYSTEM, Timing.USUAL);
    }

    Workers(
            List<WorkerSource> sources,
            WorkerAccess access,
            Demand demand,
            WorkersListener listener,
            Resolver resolver,
            Timing timing) {
        this.whereabouts = new Whereabouts(sources, resolver);
        this.access = access;
        this.demand = demand;
        this.listener = listener;
        this.timing = timing;
        this.preflight = new Preflight(access, demand.build(), resolver, timing);
    }

    /// Looks at every worker that the sources name, all at once, and has each measure a codec whose
    /// numbers are known; what stands against them, in their order.
    public List<WorkerTroubleException> preflight() {
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
    public void start() {
        synchronized (roster) {
            roster.all().forEach(this::watchFromNowOn);
            scout = Optional.of(Thread.ofVirtual().name("scout").start(this::scout));
        }
    }

    /// How many workers are well.
    public int count() {
        return roster.count();
    }

    /// How many experiments fit side by side, as far as is known.
    public int slotCount() {
        return roster.slotCount(demand.capability());
    }

    /// How each worker stands just now, in the order in which they were found.
    public List<WorkerStanding> standing() {
        synchronized (roster) {
            return roster.all().stream().map(WorkerStanding::of).toList();
        }
    }

    /// What workers have, when none of them has what the campaign wants; empty when one has it,
    /// healthy or not, or when nobody is well.
    public Optional<String> lack() {
        synchronized (roster) {
            List<Worker> there = roster.all().stream().filter(worker -> !worker.hasLeft).toList();
            boolean hasOne =
                    there.stream()
                            .anyMatch(worker -> worker.capabilities.contains(demand.capability()));
            List<String> well =
                    there.stream()
                            .filter(Worker::isWell)
                            .map(
                                    worker ->
                                            "%s has %s"
                                                    .formatted(
                                                            worker.client.place(),
                                                            String.join(", ", worker.capabilities)))
                            .toList();
            return hasOne || well.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "no worker has %s: %s: start one with worker-capabilities=%1$s"
                                    .formatted(demand.capability(), String.join("; ", well)));
        }
    }

    /// A free slot on a healthy worker that has what the campaign wants, the freest first; waits
    /// for one. Empty when none came in time.
    Optional<WorkerClient> take(Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        synchronized (roster) {
            while (true) {
                Optional<Worker> free = roster.freest(demand.capability());
                if (free.isPresent()) {
                    free.get().busyCount++;
                    return Optional.of(free.get().client);
                }
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return Optional.empty();
                }
                roster.wait(left);
            }
        }
    }

    /// It has begun to carry it out, until it is given back.
    void begins(WorkerClient client, ExperimentId experiment) {
        synchronized (roster) {
            roster.find(client).ifPresent(worker -> worker.running.add(experiment));
        }
    }

    void giveBack(WorkerClient client, ExperimentId experiment) {
        synchronized (roster) {
            roster.find(client).ifPresent(worker -> worker.running.remove(experiment));
        }
        giveBack(client);
    }

    void giveBack(WorkerClient client) {
        synchronized (roster) {
            roster.find(client).ifPresent(worker -> worker.busyCount--);
            roster.forgetIdleLeavers();
            roster.notifyAll();
        }
    }

    /// It failed just now: it gets no work before its health is good again.
    void flag(WorkerClient client, WorkerTroubleException trouble) {
        roster.find(client).ifPresent(worker -> note(worker, Optional.of(trouble)));
    }

    /// It lied: it gets no work again in this campaign.
    void setAside(WorkerClient client, WorkerTroubleException lie) {
        synchronized (roster) {
            roster.find(client).ifPresent(worker -> worker.isSetAside = true);
        }
        flag(client, lie);
    }

    boolean isSetAside(WorkerClient client) {
        synchronized (roster) {
            return roster.find(client).map(worker -> worker.isSetAside).orElse(false);
        }
    }

    /// Another healthy worker than `client`, for a question in between.
    Optional<WorkerClient> other(WorkerClient client) {
        return roster.other(client).map(worker -> worker.client);
    }

    WorkersListener listener() {
        return listener;
    }

    /// What stands against the workers, in their order.
    List<WorkerTroubleException> troubles() {
        synchronized (roster) {
            return roster.all().stream().flatMap(worker -> worker.trouble.stream()).toList();
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

    private void note(Worker worker, Optional<WorkerTroubleException> trouble) {
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
