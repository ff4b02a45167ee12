package aiv1.store.dynamo;

import aiv1.store.address.StoreAddress.DynamoDb;
import aiv1.store.address.StoreUrl;
import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that speaks DynamoDB's protocol, in this process and in memory; one for all tests.
///
/// Its credentials are in the system properties where AWS's tools look, any would do.
public final class DynamoServer {
    private static final AtomicInteger TABLE_COUNT = new AtomicInteger();
    private static final int PORT = start();

    private DynamoServer() {}

    public static int port() {
        return PORT;
    }

    /// The URL of a table that no other test has.
    public static String newUrl() {
        return url("ledger-" + TABLE_COUNT.incrementAndGet());
    }

    public static String url(String table) {
        return "dynamodb://%s?region=eu-central-1&endpoint=http://127.0.0.1:%d"
                .formatted(table, PORT);
    }

    /// A table that was made.
    static DynamoDb newLedger() {
        DynamoDb address = (DynamoDb) StoreUrl.parse(newUrl());
        DynamoSetup.create(address);
        return address;
    }

    private static int start() {
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local-secret");
        try {
            int port = freePort();
            DynamoDBProxyServer server =
                    ServerRunner.createServerFromCommandLineArgs(
                            new String[] {"-inMemory", "-disableTelemetry", "-port", "" + port});
            server.start();
            return port;
        } catch (Exception refused) {
            throw new IllegalStateException("DynamoDBLocal", refused);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
