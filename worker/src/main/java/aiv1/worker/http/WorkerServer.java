package aiv1.worker.http;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/// The worker behind HTTP: takes experiments and clips, tells how they go on, gives results and
/// artifacts. Start reading here.
///
/// Whoever may send experiments runs code here, in the sandbox; so everything but `/health` wants
/// the token where there is one. Each answer carries the request's `X-Request-Id`, given or made,
/// and so does its line in the log.
public final class WorkerServer implements AutoCloseable {
    /// Where workers listen when nothing else is said.
    public static final int PORT = 8080;

    private static final io.helidon.http.HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");
    private static final Pattern REQUEST_ID_FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Duration DRAIN_STEP = Duration.ofSeconds(1);

    /// Whoever follows an experiment asks again within 3 s; then nobody is left who wants anything.
    private static final Duration QUIET_TIME = Duration.ofSeconds(4);

    /// Connections side by side; more than these wait until one ends.
    private static final int CONNECTION_COUNT_MAX = 500;

    /// How long a sender may usually say nothing.
    public static final Duration SILENCE_TIME_MAX = Duration.ofSeconds(30);

    private static final Duration LINGER_TIME_MAX = Duration.ofSeconds(30);

    private final Desk desk;
    private final RequestLog log;
    private final Optional<String> token;
    private final RateLimit rate;
    private final Meters meters = new Meters();
    private final boolean isSupervised;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final WebServer server;
    private volatile boolean isToRestart;

    /// `host` as the system's resolver takes it, `port` 0 for a free one; without a `token` anyone
    /// who reaches the port is served; each peer may ask `requestsPerSecondMax` (> 0) times. Who
    /// says nothing for `silenceTimeMax` in the middle of a body is hung up on.
    public record Address(
            String host,
            int port,
            Optional<String> token,
            int requestsPerSecondMax,
            Duration silenceTimeMax,
            Optional<Certificates> certificates) {}

    /// For HTTPS: the worker's key and whom it trusts; whether whoever asks must show a certificate
    /// that is trusted.
    public record Certificates(SSLContext context, boolean areAskersChecked) {}

    /// Starts to listen; throws [WorkerException] when the port is taken.
    public WorkerServer(Address address, WorkerParts parts, RequestLog log) {
        this.desk = new Desk(parts.evaluator(), parts.slotCount(), log, meters);
        this.log = log;
        this.isSupervised = parts.isSupervised();
        this.token = address.token();
        this.rate = new RateLimit(address.requestsPerSecondMax(), System::nanoTime);
        ExperimentRoutes experiments =
                new ExperimentRoutes(desk, parts, meters, address.silenceTimeMax());
        ClipRoutes clips = new ClipRoutes(parts, desk, meters, address.silenceTimeMax());
        StatusRoutes status = new StatusRoutes(desk, parts, log);
        MetricsRoutes metrics = new MetricsRoutes(desk, parts, meters);
        this.server =
                WebServer.builder()
                        .host(address.host())
                        .port(address.port())
                        .shutdownHook(false)
                        .maxTcpConnections(CONNECTION_COUNT_MAX)
                        .tls(tls(address))
                        .routing(routing -> routes(routing, experiments, clips, status, metrics))
                        .build();
        server.start();
        // The library logs why it could not, and throws nothing.
        if (!server.isRunning()) {
            desk.close();
            throw new WorkerException(
                    "worker: expected to listen at %s, port %d, which is taken or not this machine's"
                            .formatted(address.host(), address.port()));
        }
    }

    public int port() {
        return server.port();
    }

    /// Takes no more experiments; what was taken goes on.
    public void drain() {
        desk.drain();
    }

    /// Takes no more experiments, and has [#awaitEnd] return when what was taken is done.
    public void end() {
        desk.drain();
        ending.countDown();
    }

    /// Waits until it was asked to end, everything that was taken is done, and whoever followed it
    /// has fetched what it left. Whether it is to be started again.
    public boolean awaitEnd() throws InterruptedException {
        ending.await();
        awaitDrained();
        long deadline = System.nanoTime() + LINGER_TIME_MAX.toNanos();
        while (meters.quietNanos() < QUIET_TIME.toNanos() && System.nanoTime() < deadline) {
            Thread.sleep(QUIET_TIME.dividedBy(8));
        }
        return isToRestart;
    }

    /// Waits until everything that was taken is done.
    void awaitDrained() throws InterruptedException {
        while (!desk.awaitDrained(DRAIN_STEP)) {
            log.draining(desk.unfinished().size());
        }
    }

    /// Stops at once: what runs is cancelled.
    @Override
    public void close() {
        desk.close();
        server.stop();
    }

    private void routes(
            HttpRouting.Builder routing,
            ExperimentRoutes experiments,
            ClipRoutes clips,
            StatusRoutes status,
            MetricsRoutes metrics) {
        routing.get("/health", open(status::health))
                .get("/status", guarded(status::status))
                .get("/logs", guarded(status::logs))
                .get("/metrics", guarded(metrics::metrics))
                .post("/canary", guarded(status::canary))
                .post("/experiment", guarded(work(experiments::order)))
                .get("/experiments/{id}", guarded(work(experiments::state)))
                .get("/experiments/{id}/events", guarded(work(experiments::events)))
                .delete("/experiments/{id}", guarded(work(experiments::cancel)))
                .get("/artifacts/{sha256}", guarded(work(experiments::artifact)))
                .post("/verification", guarded(experiments::verify))
                .post("/clips", guarded(clips::announce))
                .put("/clips/{sha256}", guarded(clips::receive))
                .post("/drain", guarded(this::drain))
                .post("/restart", guarded(this::restart))
                .any(
                        guarded(
                                (request, response) -> {
                                    throw new Problem(
                                            Status.NOT_FOUND_404,
                                            "no such page: a worker answers at /health, /status, /logs, /metrics, /canary, /experiment, /experiments, /clips, /artifacts, /verification, /drain and /restart");
                                }));
    }

    private void drain(ServerRequest request, ServerResponse response) {
        drain();
        response.status(Status.ACCEPTED_202).send();
    }

    private void restart(ServerRequest request, ServerResponse response) {
        if (!isSupervised) {
            throw new Problem(
                    Status.CONFLICT_409,
                    "nobody would start this worker again: expected it to be started by the launcher, or worker-supervised=true under a service manager that restarts it");
        }
        isToRestart = true;
        log.restarting();
        response.status(Status.ACCEPTED_202).send();
        end();
    }

    private Handler work(Handler handler) {
        return (request, response) -> {
            meters.worked();
            handler.handle(request, response);
            meters.worked();
        };
    }

    private Handler guarded(Handler handler) {
        return open(
                (request, response) -> {
                    token.ifPresent(expected -> Requests.requireToken(request, expected));
                    handler.handle(request, response);
                });
    }

    private void requireSeldom(ServerRequest request, ServerResponse response) {
        if (!rate.admits(request.remotePeer().host())) {
            response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, "1"));
            throw new Problem(
                    Status.TOO_MANY_REQUESTS_429,
                    "expected fewer requests a second from one address");
        }
    }

    private static Tls tls(Address address) {
        return address.certificates()
                .map(
                        given ->
                                Tls.builder()
                                        .sslContext(given.context())
                                        .clientAuth(
                                                given.areAskersChecked()
                                                        ? TlsClientAuth.REQUIRED
                                                        : TlsClientAuth.NONE)
                                        .build())
                .orElseGet(() -> Tls.builder().enabled(false).build());
    }

    private static void refuse(ServerResponse response, Problem problem) {
        if (response.isSent()) {
            return;
        }
        try {
            response.status(problem.status())
                    .header(
                            HeaderValues.create(
                                    HeaderNames.CONTENT_TYPE, "application/problem+json"))
                    .send(problem.json());
        } catch (UncheckedIOException gone) {
            // Nobody is there to hear it.
            return;
        }
    }

    private Handler open(Handler handler) {
        return (request, response) -> {
            String id =
                    request.headers()
                            .value(REQUEST_ID)
                            .filter(text -> REQUEST_ID_FORM.matcher(text).matches())
                            .orElseGet(() -> UUID.randomUUID().toString());
            long startNanos = System.nanoTime();
            response.header(HeaderValues.create(REQUEST_ID, id));
            try {
                requireSeldom(request, response);
                handler.handle(request, response);
            } catch (Problem problem) {
                refuse(response, problem);
            } catch (RuntimeException bug) {
                // Told in the log's own form, and no more of it outside.
                log.faulted(id, bug);
                refuse(
                        response,
                        new Problem(
                                Status.INTERNAL_SERVER_ERROR_500,
                                "the worker's own fault: its log says which, under " + id));
            } finally {
                meters.answered(response.status().code());
                log.answered(
                        id,
                        request.prologue().method().text(),
                        request.path().rawPath(),
                        response.status().code(),
                        Duration.ofNanos(System.nanoTime() - startNanos));
            }
        };
    }
}
