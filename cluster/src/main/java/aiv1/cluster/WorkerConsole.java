package aiv1.cluster;

import aiv1.wire.WorkerHealthJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Workers as their operator sees them: asked for their state and their log, drained, started
/// again.
public final class WorkerConsole {
    private final WorkerAccess access;
    private final Resolver resolver;
    private final Timing timing;

    public WorkerConsole(WorkerAccess access) {
        this(access, Resolver.SYSTEM, Timing.USUAL);
    }

    WorkerConsole(WorkerAccess access, Resolver resolver, Timing timing) {
        this.access = access;
        this.resolver = resolver;
        this.timing = timing;
    }

    /// Who a worker was before and after it was started again.
    public record Restarted(WorkerHealthJson before, WorkerHealthJson after) {}

    /// What was found at the sources, and what stands against the rest.
    public WorkerSource.Found look(List<WorkerSource> sources) {
        List<Place> places = new ArrayList<>();
        List<WorkerTroubleException> troubles = new ArrayList<>();
        for (WorkerSource source : sources) {
            WorkerSource.Found found = source.look(resolver);
            places.addAll(found.places());
            troubles.addAll(found.troubles());
        }
        return new WorkerSource.Found(places.stream().distinct().toList(), troubles);
    }

    /// The worker's own account of itself.
    public JsonNode status(Place place) throws WorkerTroubleException {
        WorkerClient worker = client(place);
        // What is no worker of this lab is told as such.
        worker.health();
        return worker.status();
    }

    /// The latest lines of its log, oldest first.
    public List<JsonNode> log(Place place, int last) throws WorkerTroubleException {
        return client(place).log(last).path("lines").valueStream().toList();
    }

    /// It takes no more experiments, and finishes those that it has.
    public void drain(Place place) throws WorkerTroubleException {
        client(place).drain();
    }

    /// Has it finish what it has and start again, and waits until another process answers at the
    /// same place. The old one is gone then: two cannot listen at one address.
    public Restarted restart(Place place, Duration wait) throws WorkerTroubleException {
        WorkerClient worker = client(place);
        WorkerHealthJson before = worker.health();
        worker.restart();
        long deadline = System.nanoTime() + wait.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                WorkerHealthJson after = worker.health();
                if (!Preflight.Identity.of(after).equals(Preflight.Identity.of(before))) {
                    return new Restarted(before, after);
                }
            } catch (WorkerTroubleException between) {
                if (Thread.currentThread().isInterrupted()) {
                    throw between;
                }
            }
            try {
                Thread.sleep(timing.watchInterval());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw worker.trouble(Trouble.CUT, "interrupted while it was restarting");
            }
        }
        throw worker.trouble(
                Trouble.TIMED_OUT,
                "expected another process than %d within %d s, got none"
                        .formatted(before.processId(), wait.toSeconds()));
    }

    private WorkerClient client(Place place) {
        return new WorkerClient(place, access, timing);
    }
}
