package aiv1.cluster;

import java.util.Optional;

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
    int slotCount;
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
