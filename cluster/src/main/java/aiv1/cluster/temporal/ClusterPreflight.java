package aiv1.cluster.temporal;

import aiv1.domain.LabFaultException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What is found out about a cluster before work is given to it.
final class ClusterPreflight {
    private static final long ANSWER_SECONDS_MAX = 5;

    /// Who looks for work does so at least so often.
    private static final long LOOK_SECONDS_MAX = 75;

    private ClusterPreflight() {}

    /// Throws [LabFaultException] that says what is wrong with the address.
    static void requireNamespace(Connection connection) {
        ClusterAddress address = connection.address();
        try {
            connection
                    .stubs()
                    .blockingStub()
                    .withDeadlineAfter(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                    .describeNamespace(
                            DescribeNamespaceRequest.newBuilder()
                                    .setNamespace(address.namespace())
                                    .build());
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
                throw new LabFaultException(
                        "cluster %s: expected a namespace '%s', got none: correct the name, or create it at the server"
                                .formatted(address, address.namespace()),
                        refused);
            }
            throw new LabFaultException(
                    "cluster %s: expected a Temporal server, got %s: start it ('aiv1 up' starts one here), or correct the address"
                            .formatted(address, cause(refused)),
                    refused);
        }
    }

    /// Who looked for work at a queue lately, as they call themselves.
    ///
    /// What "lately" means is the server's to say: its clock and this machine's may differ. Whoever
    /// decides for `build` looks at a queue of its own, and the last time that it did is now.
    static List<String> present(Connection connection, String queue, String build) {
        long now =
                pollers(connection, Queues.deciding(build), TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                        .stream()
                        .mapToLong(one -> one.getLastAccessTime().getSeconds())
                        .max()
                        .orElse(Long.MAX_VALUE);
        return pollers(connection, queue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY).stream()
                .filter(one -> one.getLastAccessTime().getSeconds() >= now - LOOK_SECONDS_MAX)
                .map(PollerInfo::getIdentity)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<PollerInfo> pollers(
            Connection connection, String queue, TaskQueueType type) {
        return connection
                .stubs()
                .blockingStub()
                .withDeadlineAfter(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .describeTaskQueue(
                        DescribeTaskQueueRequest.newBuilder()
                                .setNamespace(connection.address().namespace())
                                .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                                .setTaskQueueType(type)
                                .build())
                .getPollersList();
    }

    private static String cause(StatusRuntimeException refused) {
        Throwable root = refused;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof StatusRuntimeException
                ? refused.getStatus().getCode().toString().toLowerCase(Locale.ROOT)
                : String.valueOf(root.getMessage());
    }
}
