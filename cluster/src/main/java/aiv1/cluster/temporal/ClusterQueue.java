package aiv1.cluster.temporal;

import aiv1.domain.LabFaultException;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import java.util.concurrent.TimeUnit;

/// How much there is to do at a cluster for workers of one build, as the server counts it: what
/// workers are added and taken away by. Thread-safe.
public final class ClusterQueue implements AutoCloseable {
    private static final long ANSWER_SECONDS_MAX = 5;

    private final Connection connection;
    private final String build;
    private final String capability;

    /// Throws [IllegalArgumentException] for what is no capability.
    public ClusterQueue(ClusterAccess access, String build, String capability) {
        Queues.measuring(build, capability);
        this.connection = new Connection(access, "queue, build " + build);
        this.build = build;
        this.capability = capability;
    }

    /// `waitingCount` experiments that no worker with the capability has yet, to screen or to
    /// measure (the server calls that approximate); `unfinishedCount` those of the build that have
    /// no result yet, under way or waiting, with whatever capability; `workerCount` workers that
    /// looked for work lately.
    public record Depth(long waitingCount, long unfinishedCount, int workerCount) {}

    /// Throws [LabFaultException] that says what is wrong with server or namespace.
    public Depth look() {
        ClusterPreflight.requireNamespace(connection);
        String queue = Queues.measuring(build, capability);
        try {
            return new Depth(
                    waitingCount(queue) + waitingCount(Queues.screening(queue)),
                    unfinishedCount(),
                    ClusterPreflight.present(connection, queue, ClusterPreflight::ownSeconds)
                            .size());
        } catch (StatusRuntimeException refused) {
            throw new LabFaultException(
                    "cluster %s: expected its queues to be counted, got %s"
                            .formatted(connection.address(), refused.getStatus()),
                    refused);
        }
    }

    private long waitingCount(String queue) {
        return ClusterPreflight.describe(
                        connection, queue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY, true)
                .getStats()
                .getApproximateBacklogCount();
    }

    private long unfinishedCount() {
        return connection
                .stubs()
                .blockingStub()
                .withDeadlineAfter(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .countWorkflowExecutions(
                        CountWorkflowExecutionsRequest.newBuilder()
                                .setNamespace(connection.address().namespace())
                                .setQuery(
                                        "TaskQueue = '%s' AND ExecutionStatus = 'Running'"
                                                .formatted(Queues.deciding(build)))
                                .build())
                .getCount();
    }

    @Override
    public void close() {
        connection.close();
    }
}
