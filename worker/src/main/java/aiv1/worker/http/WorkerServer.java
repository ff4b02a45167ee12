package aiv1.worker.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

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

    private final Desk desk;
    private final RequestLog log;
    private final Optional<String> token;
    private final WebServer server;

    /// `host` as the system's resolver takes it, `port` 0 for a free one; without a `token` anyone
    /// who reaches the port is served.
    public record Address(String host, int port, Optional<String> token) {}

    /// Starts to listen; throws [WorkerException] when the port is taken.
    public WorkerServer(Address address, WorkerParts parts, RequestLog log) {
        this.desk = new Desk(parts.evaluator(), parts.slotCount());
        this.log = log;
        this.token = address.token();
        ExperimentRoutes experiments = new ExperimentRoutes(desk, parts);
        ClipRoutes clips = new ClipRoutes(parts.clips());
        StatusRoutes status = new StatusRoutes(desk, parts);
        this.server =
                WebServer.builder()
                        .host(address.host())
                        .port(address.port())
                        .shutdownHook(false)
                        .routing(routing -> routes(routing, experiments, clips, status))
                        .build();
        try {
            server.start();
        } catch (RuntimeException taken) {
            desk.close();
            throw new WorkerException(
                    "worker: expected to listen at %s, port %d, got: %s"
                            .formatted(address.host(), address.port(), taken.getMessage()),
                    taken);
        }
    }

    public int port() {
        return server.port();
    }

    /// Takes no more experiments; what was taken goes on.
    public void drain() {
        desk.drain();
    }

    /// Waits until everything that was taken is done.
    public void awaitDrained() throws InterruptedException {
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
            StatusRoutes status) {
        routing.get("/health", open(status::health))
                .get("/status", guarded(status::status))
                .post("/canary", guarded(status::canary))
                .post("/experiment", guarded(experiments::order))
                .get("/experiments/{id}", guarded(experiments::state))
                .get("/experiments/{id}/events", guarded(experiments::events))
                .delete("/experiments/{id}", guarded(experiments::cancel))
                .get("/artifacts/{sha256}", guarded(experiments::artifact))
                .post("/clips", guarded(clips::announce))
                .put("/clips/{sha256}", guarded(clips::receive))
                .post("/drain", guarded(this::drain))
                .any(
                        guarded(
                                (request, response) -> {
                                    throw new Problem(
                                            Status.NOT_FOUND_404,
                                            "no such page: a worker answers at /health, /status, /canary, /experiment, /experiments, /clips and /artifacts");
                                }));
    }

    private void drain(ServerRequest request, ServerResponse response) {
        drain();
        response.status(Status.ACCEPTED_202).send();
    }

    private Handler guarded(Handler handler) {
        return open(
                (request, response) -> {
                    token.ifPresent(expected -> Requests.requireToken(request, expected));
                    handler.handle(request, response);
                });
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
                handler.handle(request, response);
            } catch (Problem problem) {
                response.status(problem.status())
                        .header(
                                HeaderValues.create(
                                        HeaderNames.CONTENT_TYPE, "application/problem+json"))
                        .send(problem.json());
            } finally {
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
