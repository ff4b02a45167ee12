package aiv1.cli.command;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/// Guards its door as a hosted Temporal service does: TLS, a certificate of whoever comes, an API
/// key with every call. Behind the door are a namespace and empty queues.
final class GuardedServer implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Server server;

    private GuardedServer(Server server) {
        this.server = server;
    }

    static GuardedServer start(Path keys, Path trust, String password, String apiKey)
            throws IOException, GeneralSecurityException {
        KeyManagerFactory own =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store(keys, password), password.toCharArray());
        TrustManagerFactory trusted =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store(trust, password));
        return new GuardedServer(
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .sslContext(
                                GrpcSslContexts.configure(
                                                SslContextBuilder.forServer(own)
                                                        .trustManager(trusted)
                                                        .clientAuth(ClientAuth.REQUIRE))
                                        .build())
                        .addService(new Lobby())
                        .intercept(new Doorman(apiKey))
                        .build()
                        .start());
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static KeyStore store(Path file, String password)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            return store;
        }
    }

    private record Doorman(String apiKey) implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (!("Bearer " + apiKey).equals(headers.get(AUTHORIZATION))) {
                call.close(
                        Status.UNAUTHENTICATED.withDescription("Request unauthorized."),
                        new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }

    private static final class Lobby extends WorkflowServiceImplBase {
        @Override
        public void getSystemInfo(
                GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
            reply(answer, GetSystemInfoResponse.getDefaultInstance());
        }

        @Override
        public void describeNamespace(
                DescribeNamespaceRequest request,
                StreamObserver<DescribeNamespaceResponse> answer) {
            reply(answer, DescribeNamespaceResponse.getDefaultInstance());
        }

        @Override
        public void describeTaskQueue(
                DescribeTaskQueueRequest request,
                StreamObserver<DescribeTaskQueueResponse> answer) {
            reply(answer, DescribeTaskQueueResponse.getDefaultInstance());
        }

        private static <A> void reply(StreamObserver<A> answer, A value) {
            answer.onNext(value);
            answer.onCompleted();
        }
    }
}
