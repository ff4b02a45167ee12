package aiv1.cluster;

import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Stage;
import aiv1.wire.ExperimentJson;
import aiv1.wire.Json;
import aiv1.wire.ProgressJson;
import aiv1.wire.WorkerHealthJson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A worker's HTTP as a script: right in everything unless told otherwise.
final class StubWorker implements AutoCloseable {
    static final String BUILD = "0.1.0+test";
    static final Demand DEMAND = new Demand(BUILD, "cpu");

    private final HttpServer server;
    private final ExperimentResult result;
    private final CountDownLatch hanging = new CountDownLatch(1);
    final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    final List<String> hosts = Collections.synchronizedList(new ArrayList<>());

    final Map<String, ExperimentResult> more = new ConcurrentHashMap<>();

    String verification = "{\"differences\": []}";
    String build = BUILD;
    Instant now = Instant.now();
    volatile long processId;
    boolean isDraining;
    String health = "";
    int statusOfAll;
    volatile int canaryStatus = 200;
    long diskFreeBytes = 1L << 40;
    String capabilities = "\"cpu\", \"tier-b\"";
    String result404Once = "";
    String resultText = "";
    volatile boolean isHanging;
    volatile boolean isHangingInExperiments;
    volatile boolean isDripping;
    volatile boolean isStandingStill;

    StubWorker(ExperimentResult result) throws IOException {
        this(result, InetAddress.getLoopbackAddress(), 0);
    }

    StubWorker(ExperimentResult result, InetAddress address, int port) throws IOException {
        this.result = result;
        server = HttpServer.create(new InetSocketAddress(address, port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        processId = port();
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// Ends hanging, for good.
    void goOn() {
        isHanging = false;
        hanging.countDown();
    }

    URI place() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        hanging.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            exchange.getRequestBody().readAllBytes();
            hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            requests.add(exchange.getRequestMethod() + " " + path);
            if (isHanging) {
                hanging.await();
            }
            if (statusOfAll != 0) {
                send(exchange, statusOfAll, "no");
                return;
            }
            switch (path) {
                case "/health" -> send(exchange, 200, health());
                case "/status" ->
                        send(
                                exchange,
                                200,
                                "{\"slots\": 1, \"capabilities\": [%s], \"clip_cache\": {\"disk_free_bytes\": %d}}"
                                        .formatted(capabilities, diskFreeBytes));
                case "/canary" -> send(exchange, canaryStatus, "{\"canary\": \"as known\"}");
                case "/clips" -> send(exchange, 200, "{\"complete\": true}");
                case "/verification" -> send(exchange, 200, verification);
                case "/experiment" -> send(exchange, 202, "{}");
                default -> experiment(exchange, path);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void experiment(HttpExchange exchange, String path)
            throws IOException, InterruptedException {
        if (isHangingInExperiments) {
            hanging.await();
        }
        if (isDripping) {
            drip(exchange);
        }
        String asked = path.split("/", -1)[2];
        ExperimentResult result = more.getOrDefault(asked, this.result);
        if (path.endsWith("/events")) {
            if (!result404Once.isEmpty()) {
                result404Once = "";
                send(exchange, 404, "{}");
                return;
            }
            if (isStandingStill) {
                send(exchange, 200, "{\"events\": [], \"last\": 0, \"over\": false}");
                return;
            }
            ExperimentId id = result.experiment().id();
            String phase =
                    Json.line(
                            ProgressJson.write(
                                    new Progress.Event.Phase(id, "c", 0, Stage.ENCODE, 1, 2)));
            send(exchange, 200, "{\"events\": [%s], \"last\": 1, \"over\": true}".formatted(phase));
        } else if (path.startsWith("/artifacts/")) {
            send(exchange, 200, "other bytes");
        } else {
            String document =
                    resultText.isEmpty()
                            ? "{\"experiment\": " + Json.line(ExperimentJson.write(result)) + "}"
                            : resultText;
            send(exchange, 200, document);
        }
    }

    /// An answer that never ends, a byte now and then, until the other side gives up.
    private void drip(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        while (!hanging.await(20, TimeUnit.MILLISECONDS)) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
        }
    }

    private String health() {
        return health.isEmpty()
                ? Json.line(
                        new WorkerHealthJson(
                                        "stub", build, processId, isDraining, Instant.EPOCH, now)
                                .write())
                : health;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
