package aiv1.cluster.temporal;

import aiv1.domain.LabFaultException;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolNames;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/// A line to a Temporal server, which comes back by itself when it was cut.
final class Connection implements AutoCloseable {
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(10);

    private final ClusterAddress address;
    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;

    /// `identity` is what the server calls this side.
    Connection(ClusterAccess access, String identity) {
        this.address = access.address();
        this.stubs = WorkflowServiceStubs.newServiceStubs(options(access));
        this.client =
                WorkflowClient.newInstance(
                        stubs,
                        WorkflowClientOptions.newBuilder()
                                .setNamespace(address.namespace())
                                .setIdentity(identity)
                                .build());
    }

    private static WorkflowServiceStubsOptions options(ClusterAccess access) {
        WorkflowServiceStubsOptions.Builder options =
                WorkflowServiceStubsOptions.newBuilder()
                        .setTarget(access.address().target())
                        .setRpcTimeout(ANSWER_TIME_MAX);
        if (access.address().isEncrypted()) {
            options.setSslContext(http2(access.tls().orElseGet(Connection::usual)));
        }
        access.key().ifPresent(key -> options.addApiKey(() -> key));
        return options.build();
    }

    /// Trusts whom the machine trusts, and shows nothing.
    private static SSLContext usual() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException none) {
            throw new LabFaultException("cluster: this Java has no TLS", none);
        }
    }

    private static SslContext http2(SSLContext context) {
        return new JdkSslContext(
                context,
                true,
                null,
                IdentityCipherSuiteFilter.INSTANCE,
                new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2),
                ClientAuth.NONE,
                null,
                false);
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
