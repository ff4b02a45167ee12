package aiv1.cluster;

import aiv1.domain.experiment.ExperimentId;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// One worker as it is known here. Guarded by its [Workers].
final class Worker {
    final WorkerClient client;

    /// What stands against it now; a worker that was never looked at has none, and no slots.
    Optional<WorkerTroubleException> trouble = Optional.empty();

    /// Who was last found right, canary codec and all; a process started anew is somebody else.
    Optional<Preflight.Identity> known = Optional.empty();

    /// What the listener heard last.
    Told told = Told.NOTHING;

    String name = "";

    /// That of its build, empty until it was heard.
    String build = "";

    /// When it last answered, by [System#nanoTime].
    OptionalLong heardNanos = OptionalLong.empty();

    /// What it carries out for this campaign.
    final Set<ExperimentId> running = new LinkedHashSet<>();

    /// How busy it last said that it is.
    Optional<WorkerLoad> load = Optional.empty();

    int slotCount;

    /// What it is capable of, as it said last.
    Set<String> capabilities = Set.of();

    int busyCount;

    /// Found under another address too, where it is counted.
    boolean isAlias;

    /// No longer listed anywhere: it may finish what it has.
    boolean hasLeft;

    /// It lied: it gets no work again, whatever its health.
    boolean isSetAside;

    /// What can be said of a worker to people.
    enum Told {
        NOTHING,
        WELL,
        LOST
    }

    Worker(WorkerClient client) {
        this.client = client;
    }

    boolean isWell() {
        return trouble.isEmpty() && known.isPresent() && !hasLeft && !isSetAside;
    }

    int freeCount() {
        return isWell() && !isAlias ? slotCount - busyCount : 0;
    }
}
