package aiv1.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The seam to the workers that carry out experiments for this process. Thread-safe.
@FunctionalInterface
public interface WorkerWatch {
    /// How each of them stands just now; empty when this process has none.
    Optional<List<Row>> look();

    /// Of a process that has no workers.
    WorkerWatch NONE = Optional::empty;

    /// One worker. `state` is `well`, `new`, `lost`, `left`, `set_aside` or `duplicate`; `running`
    /// are ids of experiments; `sinceHeard` is absent until it has answered, `load` until it has
    /// told; `trouble` is empty for none.
    record Row(
            String url,
            String name,
            String state,
            String build,
            OptionalLong processId,
            int slotCount,
            List<String> running,
            Optional<Duration> sinceHeard,
            Optional<Load> load,
            String trouble) {
        public Row {
            running = List.copyOf(running);
        }
    }

    /// How busy a worker's machine was then. `cpuShare` in 0 to 1, of all its cores; bytes of the
    /// network since the machine was started; absent is what it cannot tell.
    record Load(
            OptionalDouble cpuShare,
            OptionalLong memoryBytes,
            OptionalLong memoryFreeBytes,
            OptionalLong diskFreeBytes,
            OptionalLong networkReceivedBytes,
            OptionalLong networkSentBytes) {}
}
