package aiv1.cluster;

import aiv1.domain.experiment.ExperimentId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The workers of a campaign: who is there, who lives, who is free. Thread-safe.
///
/// Theory of operation. A [Roster] has a line for each worker; a [Lookout] keeps it true. Work goes
/// to the healthy worker with the most free slots, of those that have what the campaign wants.
public final class Workers implements AutoCloseable {
    private final Demand demand;
    private final WorkersListener listener;
    private final Roster roster = new Roster();
    private final Lookout lookout;

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
        this.demand = demand;
        this.listener = listener;
        this.lookout =
                new Lookout(
                        roster,
                        new Whereabouts(sources, resolver),
                        access,
                        demand,
                        listener,
                        new Preflight(access, demand.build(), resolver, timing),
                        timing);
    }

    /// Looks at every worker that the sources name, all at once, and has each measure a codec whose
    /// numbers are known; what stands against them, in their order.
    public List<WorkerTroubleException> preflight() {
        return lookout.preflight();
    }

    /// Begins to watch, and to look for more.
    public void start() {
        lookout.start();
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
        roster.find(client).ifPresent(worker -> lookout.note(worker, Optional.of(trouble)));
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
        lookout.close();
    }

    /// One round of the sources; what stands against them.
    List<WorkerTroubleException> lookAround() {
        return lookout.lookAround();
    }
}
