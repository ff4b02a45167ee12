package aiv1.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The seam to the workers that carry out experiments for this process. Thread-safe.
@FunctionalInterface
public interface WorkerWatch {
    /// How each of them stands just now; empty when this process has none.
    Optional<List<Row>> look();

    /// Of a process that has no workers.
    WorkerWatch NONE = Optional::empty;

    /// One worker. `state` is `well`, `new`, `lost`, `left`, `set_aside` or `duplicate`; `running`
    /// are ids of experiments; `sinceHeard` is absent until it has answered; `trouble` is empty for
    /// none.
    record Row(
            String url,
            String name,
            String state,
            String build,
            OptionalLong processId,
            int slotCount,
            List<String> running,
            Optional<Duration> sinceHeard,
            String trouble) {
        public Row {
            running = List.copyOf(running);
        }
    }
}
