package aiv1.dashboard.http;

import aiv1.dashboard.DashboardParts;
import aiv1.dashboard.board.Board;
import aiv1.dashboard.board.Listing;
import aiv1.domain.LabFaultException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The page and its API. Start reading here.
///
/// It shows what the [Board] holds, which follows the ledger, so that it shows the same whether
/// experiments ran in this process, in another one, or last year.
public final class DashboardServer implements AutoCloseable {
    /// Where the page is when nothing else is said.
    public static final int PORT = 8090;

    private static final int CONNECTION_COUNT_MAX = 256;
    private static final Duration IDLE_MAX = Duration.ofMinutes(1);
    private static final List<String> PAGES =
            List.of(
                    "/",
                    "/campaigns",
                    "/campaigns/{id}",
                    "/experiments",
                    "/experiments/{id}",
                    "/compare",
                    "/leaderboard",
                    "/rd",
                    "/lineage",
                    "/failures",
                    "/workers",
                    "/view",
                    "/api");

    private final DashboardParts parts;
    private final Board board;
    private final Listing listing;
    private final WorkerRoutes workers;
    private final Guard guard;
    private final List<Route> api;
    private final WebServer server;
    private final Follower follower;
    private List<Runnable> toWarm = List.of();

    /// `host` as the system's resolver takes it, `port` 0 for a free one. `isLoopback` tells
    /// whether only this machine reaches it; without a `token` nobody writes from elsewhere.
    public record Address(String host, int port, boolean isLoopback, Optional<String> token) {}

    /// Reads the ledger, then listens; throws [DashboardException] when the port is taken.
    public DashboardServer(Address address, DashboardParts parts, Board board) {
        this.parts = parts;
        this.board = board;
        this.listing = new Listing(board);
        this.workers = new WorkerRoutes(parts.workers(), board);
        this.guard = new Guard(address.isLoopback(), address.token());
        this.api = api();
        board.follow();
        this.server =
                WebServer.builder()
                        .host(address.host())
                        .port(address.port())
                        .shutdownHook(false)
                        // Nobody has more to say than a note; who says nothing gives way.
                        .maxPayloadSize(WriteRoutes.PAYLOAD_BYTES_MAX)
                        .maxTcpConnections(CONNECTION_COUNT_MAX)
                        .idleConnectionTimeout(IDLE_MAX)
                        // Head and body of an answer are two writes: the second must not wait for
                        // the browser to acknowledge the first.
                        .connectionOptions(options -> options.tcpNoDelay(true))
                        .routing(this::routes)
                        .build();
        try {
            server.start();
        } catch (RuntimeException taken) {
            throw new DashboardException(
                    "page: expected to listen at %s, port %d, got: %s"
                            .formatted(address.host(), address.port(), taken.getMessage()),
                    taken);
        }
        this.follower =
                Follower.start(
                        toWarm,
                        board::followOthers,
                        () -> {
                            workers.look();
                            board.hear(parts.elsewhere().look());
                        });
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        follower.close();
        board.events().close();
        server.stop();
    }

    /// One call of the API: method, path, and who answers.
    record Route(String method, String path, Handler handler) {}

    /// The whole API.
    private List<Route> api() {
        KeptAnswers kept = new KeptAnswers(board);
        ListRoutes lists = new ListRoutes(board, listing);
        CampaignRoutes campaigns = new CampaignRoutes(parts, board, listing, lists, kept);
        SourceRoutes sources = new SourceRoutes(parts, board);
        ExperimentRoutes experiments = new ExperimentRoutes(parts, board, sources);
        ChartRoutes charts = new ChartRoutes(parts);
        RankRoutes ranks = new RankRoutes(parts, board, listing, kept);
        FailureRoutes failures = new FailureRoutes(parts, board, kept);
        WriteRoutes writes = new WriteRoutes(parts, board);
        toWarm = List.of(listing::warm, campaigns::warm, failures::warm);
        PictureRoutes pictures = new PictureRoutes(parts);
        return List.of(
                new Route("GET", "/api/health", this::health),
                new Route("GET", "/api/overview", campaigns::overview),
                new Route("GET", "/api/campaigns", campaigns::campaigns),
                new Route("GET", "/api/campaigns/{id}", campaigns::campaign),
                new Route(
                        "GET",
                        "/api/campaigns/{id}/models",
                        new ModelRoutes(parts, campaigns)::models),
                new Route("POST", "/api/campaigns/{call}", writes::campaign),
                new Route("GET", "/api/experiments", lists::list),
                new Route("GET", "/api/experiments.csv", lists::csv),
                new Route("GET", "/api/experiments/{id}", experiments::experiment),
                new Route("POST", "/api/experiments/{call}", writes::experiment),
                new Route("POST", "/api/experiments/{id}/notes", writes::note),
                new Route("GET", "/api/experiments/{id}/frames", experiments::frames),
                new Route("GET", "/api/experiments/{id}/code", sources::code),
                new Route("GET", "/api/experiments/{id}/diff", sources::diff),
                new Route("GET", "/api/experiments/{id}/log", experiments::log),
                new Route("GET", "/api/experiments/{id}/artifacts/{sha256}", experiments::artifact),
                new Route("GET", "/api/video/source/{file}", pictures::sourceVideo),
                new Route("GET", "/api/video/{id}/{clip}/{file}", pictures::video),
                new Route("GET", "/api/frame/source/{clip}/{file}", pictures::sourceFrame),
                new Route("GET", "/api/frame/{id}/{clip}/{quality}/{file}", pictures::frame),
                new Route("GET", "/api/rd", charts::rd),
                new Route("GET", "/api/leaderboard", ranks::leaderboard),
                new Route("GET", "/api/lineage", ranks::lineage),
                new Route("GET", "/api/anchors", charts::anchors),
                new Route("GET", "/api/clips", charts::clips),
                new Route("GET", "/api/failures", failures::failures),
                new Route("GET", "/api/workers", workers::workers),
                new Route("GET", "/api/audit", new AuditRoutes(board)::audit),
                new Route("GET", "/api/events", new EventRoutes(board, this::snapshot)::stream),
                new Route("GET", "/api/openapi.json", this::openApi));
    }

    private void routes(HttpRouting.Builder routing) {
        for (Route route : api) {
            if (route.method().equals("GET")) {
                routing.get(route.path(), read(route.handler()));
            } else {
                routing.post(route.path(), write(route.handler()));
            }
        }
        Assets assets = new Assets();
        routing.get("/web/*", read(assets::file));
        PAGES.forEach(page -> routing.get(page, read(assets::page)));
        routing.any(read((request, response) -> nothing(assets, request, response)));
    }

    /// Whoever reads pages is told on one, with the ways that lead on; programs get a document.
    private static void nothing(Assets assets, ServerRequest request, ServerResponse response) {
        String path = request.path().rawPath();
        boolean isForReading =
                request.prologue().method().equals(Method.GET)
                        && request.headers()
                                .value(HeaderNames.ACCEPT)
                                .filter(accepted -> accepted.contains("text/html"))
                                .isPresent()
                        && !path.startsWith("/api/")
                        && !path.startsWith("/web/");
        if (!isForReading) {
            throw Problem.notFound("nothing is at " + path);
        }
        response.status(Status.NOT_FOUND_404);
        assets.page(request, response);
    }

    /// What it answers, for the description to be compared with.
    List<Route> routes() {
        return api;
    }

    private void health(ServerRequest request, ServerResponse response) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("build", parts.build());
        answer.put("started_at", parts.startedAt().toString());
        answer.put("home", parts.home());
        answer.put("experiments", board.count());
        answer.put("writes", guard.writes());
        answer.put("as_of", board.events().last());
        Answers.json(request, response, answer);
    }

    private void openApi(ServerRequest request, ServerResponse response) {
        Answers.json(request, response, OpenApi.document());
    }

    private JsonNode snapshot() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("as_of", board.events().last());
        object.put("experiments", board.count());
        return object;
    }

    private Handler write(Handler handler) {
        return read(
                (request, response) -> {
                    guard.requireWriter(request);
                    handler.handle(request, response);
                });
    }

    private Handler read(Handler handler) {
        return (request, response) -> {
            Guard.harden(response);
            try {
                guard.requireHost(request);
                guard.requireNoOtherSite(request);
                handler.handle(request, response);
            } catch (Problem problem) {
                refuse(response, problem);
            } catch (ByteRange.Unsatisfiable behind) {
                response.header(
                        HeaderValues.create(
                                HeaderNames.CONTENT_RANGE, "bytes */" + behind.total()));
                refuse(
                        response,
                        new Problem(
                                Status.REQUESTED_RANGE_NOT_SATISFIABLE_416,
                                String.valueOf(behind.getMessage())));
            } catch (LabFaultException fault) {
                refuse(
                        response,
                        new Problem(
                                Status.INTERNAL_SERVER_ERROR_500,
                                String.valueOf(fault.getMessage())));
            } catch (UncheckedIOException gone) {
                // The browser left in the middle of an answer.
                return;
            }
        };
    }

    private static void refuse(ServerResponse response, Problem problem) {
        response.status(problem.status())
                .header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/problem+json"))
                .header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"))
                .send(problem.json());
    }
}
