package aiv1.worker.http;

import aiv1.wire.Json;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Where a process that otherwise listens nowhere tells how it is: `GET /health` and `GET
/// /metrics`, for service managers and autoscalers.
///
/// Nobody needs a token, for nothing can be changed here and nothing of an experiment is told. That
/// it answers means that the process lives, and no more: a server that is away is waited for, which
/// starting anew would not shorten.
public final class ProbeServer implements AutoCloseable {
    private final WebServer server;

    /// How a process is: facts for people, and measures for machines. What is not known is left
    /// out.
    public record Vitals(Map<String, String> facts, List<Measure> measures) {
        public Vitals {
            facts = Map.copyOf(facts);
            measures = List.copyOf(measures);
        }
    }

    /// A number that may go up and down; `name` as Prometheus has it.
    public record Measure(String name, String help, long value) {}

    /// Starts to listen, at a free port when `port` is 0; throws [WorkerException] when it cannot.
    /// `vitals` is asked from several threads.
    public ProbeServer(String host, int port, Supplier<Vitals> vitals) {
        this.server =
                WebServer.builder()
                        .host(host)
                        .port(port)
                        .shutdownHook(false)
                        .routing(
                                routing ->
                                        routing.get(
                                                        "/health",
                                                        (request, response) ->
                                                                health(vitals.get(), response))
                                                .get(
                                                        "/metrics",
                                                        (request, response) ->
                                                                metrics(vitals.get(), response)))
                        .build();
        server.start();
        // The library logs why it could not, and throws nothing.
        if (!server.isRunning()) {
            throw new WorkerException(
                    "probe: expected to listen at %s, port %d, which is taken or not this machine's"
                            .formatted(host, port));
        }
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void health(Vitals vitals, ServerResponse response) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        vitals.facts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(fact -> document.put(fact.getKey(), fact.getValue()));
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"))
                .send(Json.line(document));
    }

    private static void metrics(Vitals vitals, ServerResponse response) {
        MetricsText text = new MetricsText();
        vitals.measures()
                .forEach(measure -> text.gauge(measure.name(), measure.help(), measure.value()));
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, MetricsText.FORMAT))
                .send(text.text());
    }
}
