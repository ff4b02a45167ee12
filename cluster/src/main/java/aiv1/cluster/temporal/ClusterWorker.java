package aiv1.cluster.temporal;

import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A worker that looks for experiments at a Temporal server and carries them out. Nobody needs to
/// know where it is.
public final class ClusterWorker implements AutoCloseable {
    private static final Duration DRAINING_TIME_MAX = Duration.ofHours(24);

    private final Connection connection;
    private final WorkerFactory factory;
    private final CountDownLatch ended = new CountDownLatch(1);

    private final ClusterMeasuring measuring;
    private final ClusterScreening screening;

    private ClusterWorker(
            Connection connection,
            WorkerFactory factory,
            ClusterMeasuring measuring,
            ClusterScreening screening) {
        this.connection = connection;
        this.factory = factory;
        this.measuring = measuring;
        this.screening = screening;
    }

    /// Throws [LabFaultException] when there is no such server or namespace.
    public static ClusterWorker start(ClusterAccess access, WorkerSide side, long processId) {
        return start(access, side, processId, ClusterTimes.USUAL);
    }

    static ClusterWorker start(
            ClusterAccess access, WorkerSide side, long processId, ClusterTimes times) {
        String identity =
                "%s, build %s, process %d".formatted(side.name(), side.build(), processId);
        Connection connection = new Connection(access, identity);
        try {
            ClusterPreflight.requireNamespace(connection);
            WorkerFactory factory =
                    WorkerFactory.newInstance(
                            connection.client(),
                            WorkerFactoryOptions.newBuilder()
                                    .setWorkflowCacheSize(0)
                                    .setMaxWorkflowThreadCount(1)
                                    .build());
            ClusterMeasuring measuring = new ClusterMeasuring(side, times.pulse());
            ClusterScreening screening = new ClusterScreening(side, times.pulse());
            for (String capability : side.capabilities()) {
                String queue = Queues.measuring(side.build(), capability);
                factory.newWorker(queue, options(side.slotCount(), times))
                        .registerActivitiesImplementations(measuring);
                factory.newWorker(
                                Queues.screening(queue),
                                options(ClusterScreening.SLOT_COUNT, times))
                        .registerActivitiesImplementations(screening);
            }
            Roster roster = () -> identity;
            factory.newWorker(Queues.ROSTER, options(1, times))
                    .registerActivitiesImplementations(roster);
            factory.start();
            return new ClusterWorker(connection, factory, measuring, screening);
        } catch (RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    private static WorkerOptions options(int slotCount, ClusterTimes times) {
        return WorkerOptions.newBuilder()
                .setMaxConcurrentActivityExecutionSize(slotCount)
                .setMaxConcurrentActivityTaskPollers(1)
                .setMaxHeartbeatThrottleInterval(times.pulse())
                .setDefaultHeartbeatThrottleInterval(times.pulse())
                .setAllowActivityHeartbeatDuringShutdown(true)
                .build();
    }

    /// Takes no more; what was taken is finished.
    public void drain() {
        measuring.drain();
        factory.shutdown();
        Thread.ofPlatform()
                .daemon()
                .name("draining")
                .start(
                        () -> {
                            factory.awaitTermination(
                                    DRAINING_TIME_MAX.toSeconds(), TimeUnit.SECONDS);
                            ended.countDown();
                        });
    }

    public boolean isDraining() {
        return measuring.isDraining();
    }

    /// Experiments that it carries out just now.
    public int runningCount() {
        return measuring.runningCount();
    }

    /// Until all that was taken is finished, after [#drain()].
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /// Stops what runs.
    @Override
    public void close() {
        factory.shutdownNow();
        factory.awaitTermination(1, TimeUnit.SECONDS);
        screening.close();
        connection.close();
    }
}
