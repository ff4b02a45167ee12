package aiv1.cluster;

import aiv1.domain.experiment.ExperimentId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How a worker stands with a campaign just now. `state` is `well`, `lost`, `left`, `set_aside`,
/// `duplicate` or `new`; `trouble` says why, empty for none; `processId` of whoever was last found
/// right. `build` is empty and `sinceHeard` absent until it has answered; `running` is what it
/// carries out for this campaign.
public record WorkerStanding(
        Place place,
        String name,
        String state,
        OptionalLong processId,
        int slotCount,
        int busyCount,
        String build,
        Optional<Duration> sinceHeard,
        List<ExperimentId> running,
        Optional<WorkerLoad> load,
        String trouble) {
    public WorkerStanding {
        running = List.copyOf(running);
    }

    static WorkerStanding of(Worker worker) {
        return new WorkerStanding(
                worker.client.place(),
                worker.name,
                state(worker),
                worker.known.isPresent()
                        ? OptionalLong.of(worker.known.get().processId())
                        : OptionalLong.empty(),
                worker.slotCount,
                worker.busyCount,
                worker.build,
                worker.heardNanos.isPresent()
                        ? Optional.of(
                                Duration.ofNanos(System.nanoTime() - worker.heardNanos.getAsLong()))
                        : Optional.empty(),
                List.copyOf(worker.running),
                worker.load,
                worker.trouble.map(wrong -> String.valueOf(wrong.getMessage())).orElse(""));
    }

    private static String state(Worker worker) {
        if (worker.isSetAside) {
            return "set_aside";
        }
        if (worker.hasLeft) {
            return "left";
        }
        if (worker.trouble.isPresent()) {
            return "lost";
        }
        if (worker.isAlias) {
            return "duplicate";
        }
        return worker.known.isPresent() ? "well" : "new";
    }
}
