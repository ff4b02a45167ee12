package aiv1.cluster.temporal;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A line to a Temporal server, which comes back by itself when it was cut.
final class Connection implements AutoCloseable {
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(10);

    private final ClusterAddress address;
    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;

    /// `identity` is what the server calls this side.
    Connection(ClusterAddress address, String identity) {
        this.address = address;
        this.stubs =
                WorkflowServiceStubs.newServiceStubs(
                        WorkflowServiceStubsOptions.newBuilder()
                                .setTarget(address.target())
                                .setRpcTimeout(ANSWER_TIME_MAX)
                                .build());
        this.client =
                WorkflowClient.newInstance(
                        stubs,
                        WorkflowClientOptions.newBuilder()
                                .setNamespace(address.namespace())
                                .setIdentity(identity)
                                .build());
    }

    ClusterAddress address() {
        return address;
    }

    WorkflowClient client() {
        return client;
    }

    WorkflowServiceStubs stubs() {
        return stubs;
    }

    @Override
    public void close() {
        stubs.shutdownNow();
        stubs.awaitTermination(1, TimeUnit.SECONDS);
    }
}
