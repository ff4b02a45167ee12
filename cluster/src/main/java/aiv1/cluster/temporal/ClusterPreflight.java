package aiv1.cluster.temporal;

import aiv1.domain.LabFaultException;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// What is found out about a cluster before work is given to it.
final class ClusterPreflight {
    private static final long ANSWER_SECONDS_MAX = 5;

    /// Who looks for work does so at least so often.
    private static final long LOOK_SECONDS_MAX = 75;

    private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

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
            throw new LabFaultException(
                    "cluster %s: %s".formatted(address, explained(address, refused)), refused);
        }
    }

    private static String explained(ClusterAddress address, StatusRuntimeException refused) {
        return switch (refused.getStatus().getCode()) {
            case NOT_FOUND ->
                    "expected a namespace '%s', got none: correct the name, or create it at the server"
                            .formatted(address.namespace());
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                    "expected a server that lets this side in, got %s: correct 'cluster-key', or the certificate in 'tls-keys'"
                            .formatted(cause(refused));
            default ->
                    address.isEncrypted() && isCutOff(refused)
                            ? encryption(refused)
                            : "expected a Temporal server, got %s: start it ('aiv1 up' starts one here), or correct the address"
                                    .formatted(cause(refused));
        };
    }

    /// A server may refuse a certificate after the handshake, by closing the line.
    private static boolean isCutOff(StatusRuntimeException refused) {
        boolean isReached =
                !has(refused, ConnectException.class) && !has(refused, UnknownHostException.class);
        return isReached && has(refused, IOException.class);
    }

    private static String encryption(StatusRuntimeException refused) {
        return has(refused, CertificateException.class)
                ? "expected a certificate that is trusted, got %s: name whom to trust in 'tls-trust'"
                        .formatted(cause(refused))
                : "expected TLS that both sides agree to, got %s: the server may want a certificate ('tls-keys'), or speak no TLS ('temporal://')"
                        .formatted(cause(refused));
    }

    private static boolean has(Throwable problem, Class<? extends Throwable> kind) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /// Who looked for work at a queue lately, as they call themselves; "lately" by the server's
    /// clock, since that of this machine may differ.
    static List<String> present(Connection connection, String queue, String build) {
        return present(connection, queue, () -> serverSeconds(connection, build));
    }

    /// The same with "now", in seconds of the server's clock, as the caller knows it.
    static List<String> present(Connection connection, String queue, LongSupplier now) {
        long since = now.getAsLong() - LOOK_SECONDS_MAX;
        return pollers(connection, queue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY).stream()
                .filter(one -> one.getLastAccessTime().getSeconds() >= since)
                .map(PollerInfo::getIdentity)
                .distinct()
                .sorted()
                .toList();
    }

    /// Whoever decides for `build` looks at a queue of its own, and the last time that it did is
    /// now; far in the future while it has not looked yet.
    static long serverSeconds(Connection connection, String build) {
        return pollers(connection, Queues.deciding(build), TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                .stream()
                .mapToLong(one -> one.getLastAccessTime().getSeconds())
                .max()
                .orElse(Long.MAX_VALUE);
    }

    /// What somebody goes by who decides nothing and so has only this machine's clock.
    static long ownSeconds() {
        return Instant.now().getEpochSecond();
    }

    private static List<PollerInfo> pollers(
            Connection connection, String queue, TaskQueueType type) {
        return describe(connection, queue, type, false).getPollersList();
    }

    /// What the server says of a queue; `hasStats` asks for its length too.
    static DescribeTaskQueueResponse describe(
            Connection connection, String queue, TaskQueueType type, boolean hasStats) {
        return connection
                .stubs()
                .blockingStub()
                .withDeadlineAfter(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .describeTaskQueue(
                        DescribeTaskQueueRequest.newBuilder()
                                .setNamespace(connection.address().namespace())
                                .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                                .setTaskQueueType(type)
                                .setReportStats(hasStats)
                                .build());
    }

    /// The workers of a build that have a capability, as they call themselves; they may take
    /// `arrivalWait` to come. Throws [LabFaultException] that says which others are there when none
    /// does.
    static List<String> awaitWorkers(
            Connection connection,
            String build,
            String capability,
            Duration arrivalWait,
            LongSupplier now)
            throws InterruptedException {
        String queue = Queues.measuring(build, capability);
        Duration waited = Duration.ZERO;
        while (true) {
            List<String> present = present(connection, queue, now);
            if (!present.isEmpty()) {
                return present;
            }
            if (waited.compareTo(arrivalWait) >= 0) {
                break;
            }
            Thread.sleep(LOOK_INTERVAL);
            waited = waited.plus(LOOK_INTERVAL);
        }
        List<String> others = present(connection, Queues.ROSTER, now);
        throw new LabFaultException(
                "cluster %s: expected a worker of build %s at queue %s, got %s: start one with 'aiv1 worker --cluster %s'"
                        .formatted(
                                connection.address(),
                                build,
                                queue,
                                others.isEmpty() ? "none" : "only " + String.join("; ", others),
                                connection.address()));
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
