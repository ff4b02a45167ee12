package aiv1.worker.http;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.ContractRecognition;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.wire.CandidateJson;
import aiv1.wire.ExperimentJson;
import aiv1.wire.ExperimentOrderJson;
import aiv1.wire.Json;
import aiv1.wire.ProgressJson;
import aiv1.wire.VerificationJson;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Experiments over HTTP: ordered, watched, cancelled, and what they left fetched.
final class ExperimentRoutes {
    /// As long as a caller may wait for a result in one request.
    static final long WAIT_SECONDS_MAX = 3600;

    /// A watcher hears something at least this often, so that silence means a broken line.
    static final Duration HEARTBEAT = Duration.ofSeconds(3);

    private static final String EVENT_STREAM = "text/event-stream";
    private static final int BATCH_COUNT_MAX = 200;
    private static final Header JSON =
            HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json");
    private static final String RETRY_SECONDS = "10";

    private final Desk desk;
    private final WorkerParts parts;
    private final Meters meters;
    private final Duration silenceTimeMax;

    ExperimentRoutes(Desk desk, WorkerParts parts, Meters meters, Duration silenceTimeMax) {
        this.silenceTimeMax = silenceTimeMax;
        this.meters = meters;
        this.desk = desk;
        this.parts = parts;
    }

    /// `POST /experiment`, `?wait=SECONDS`: an `experiment-order/1`, or the earlier system's
    /// `experiment_id, timestamp, encoding_code, decoding_code`.
    void order(ServerRequest request, ServerResponse response) throws InterruptedException {
        JsonNode document = Requests.json(request, silenceTimeMax);
        Experiment experiment =
                Requests.read(
                        document,
                        ExperimentOrderJson.is(document)
                                ? ExperimentOrderJson::read
                                : this::readPlain);
        switch (desk.accept(experiment)) {
            case NEW, KNOWN -> {
                Duration wait =
                        Duration.ofSeconds(
                                Math.min(
                                        WAIT_SECONDS_MAX,
                                        Requests.number(request, "wait").orElse(0)));
                answer(experiment.id(), wait, response);
            }
            case OTHER_UNDER_THIS_ID ->
                    throw new Problem(
                            Status.CONFLICT_409,
                            "experiment %s: expected what was ordered under this id before, got another"
                                    .formatted(experiment.id()));
            case FULL -> {
                response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, RETRY_SECONDS));
                throw new Problem(
                        Status.TOO_MANY_REQUESTS_429,
                        "expected at most %d experiments to wait, got one more"
                                .formatted(Desk.WAITING_COUNT_MAX));
            }
            case DRAINING ->
                    throw new Problem(
                            Status.SERVICE_UNAVAILABLE_503,
                            "this worker is draining: it finishes what it has and takes no more");
        }
    }

    /// `GET /experiments/{id}`, `?wait=SECONDS`.
    void state(ServerRequest request, ServerResponse response) throws InterruptedException {
        answer(
                Requests.path(request, "id", ExperimentId::new),
                Duration.ofSeconds(
                        Math.min(WAIT_SECONDS_MAX, Requests.number(request, "wait").orElse(0))),
                response);
    }

    /// `DELETE /experiments/{id}`.
    void cancel(ServerRequest request, ServerResponse response) {
        ExperimentId id = Requests.path(request, "id", ExperimentId::new);
        if (!desk.cancel(id)) {
            throw unknown(id);
        }
        response.status(Status.NO_CONTENT_204).send();
    }

    /// `GET /experiments/{id}/events`: for `Accept: text/event-stream` a stream of them, else those
    /// after `?after=N` as one document, which waits for one to come, but not long.
    void events(ServerRequest request, ServerResponse response) throws InterruptedException {
        Desk.Entry entry = entry(Requests.path(request, "id", ExperimentId::new));
        if (request.headers().value(HeaderNames.ACCEPT).orElse("").contains(EVENT_STREAM)) {
            stream(entry, response);
        } else {
            batch(entry, Requests.number(request, "after").orElse(0), response);
        }
    }

    private static void batch(Desk.Entry entry, long after, ServerResponse response)
            throws InterruptedException {
        boolean isOver = entry.events().isClosed();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ArrayNode events = object.putArray("events");
        long number = after;
        Optional<EventLog.Numbered> next = entry.events().after(number, HEARTBEAT);
        while (next.isPresent() && events.size() < BATCH_COUNT_MAX) {
            number = next.get().number();
            events.add(ProgressJson.write(next.get().event()));
            next = entry.events().after(number, Duration.ZERO);
        }
        object.put("last", number);
        object.put("over", isOver && next.isEmpty());
        response.header(JSON).send(Json.line(object));
    }

    /// Events `progress`, then one `done`; comments in between keep the line alive.
    private static void stream(Desk.Entry entry, ServerResponse response)
            throws InterruptedException {
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, EVENT_STREAM));
        try (OutputStream out = response.outputStream()) {
            long number = 0;
            send(out, ": hello\n\n");
            while (true) {
                Optional<EventLog.Numbered> next = entry.events().after(number, HEARTBEAT);
                if (next.isPresent()) {
                    number = next.get().number();
                    String data = Json.line(ProgressJson.write(next.get().event()));
                    send(out, "event: progress\nid: %d\ndata: %s\n\n".formatted(number, data));
                } else if (entry.events().isClosed()) {
                    send(out, "event: done\ndata: {}\n\n");
                    return;
                } else {
                    send(out, ": alive\n\n");
                }
            }
        } catch (IOException | UncheckedIOException gone) {
            // The watcher left; the experiment goes on.
            return;
        }
    }

    /// `GET /artifacts/{sha256}`: bytes that a result names.
    void artifact(ServerRequest request, ServerResponse response) {
        ArtifactId id = Requests.path(request, "sha256", ArtifactId::new);
        byte[] bytes =
                parts.artifacts()
                        .find(id)
                        .orElseThrow(
                                () ->
                                        new Problem(
                                                Status.NOT_FOUND_404,
                                                "artifact %s: not here".formatted(id.sha256())));
        meters.sentArtifactBytes(bytes.length);
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/octet-stream"))
                .send(bytes);
    }

    /// `POST /verification`: another worker's result with its bitstreams, which are decoded and
    /// measured here; answers what differs.
    void verify(ServerRequest request, ServerResponse response) {
        VerificationJson given =
                Requests.read(Requests.json(request, silenceTimeMax), VerificationJson::read);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ArrayNode differences = object.putArray("differences");
        try {
            parts.verifier()
                    .differences(given.result(), given::bitstream)
                    .forEach(differences::add);
        } catch (LabFaultException fault) {
            throw new Problem(Status.INTERNAL_SERVER_ERROR_500, String.valueOf(fault.getMessage()));
        }
        response.header(JSON).send(Json.line(object));
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void answer(ExperimentId id, Duration wait, ServerResponse response)
            throws InterruptedException {
        Desk.Entry entry = entry(id);
        Optional<ExperimentResult> result = entry.result(wait);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("experiment_id", id.value());
        object.put(
                "state",
                result.isPresent() ? "done" : entry.state().name().toLowerCase(Locale.ROOT));
        entry.events()
                .latest()
                .ifPresent(event -> object.set("progress", ProgressJson.write(event)));
        result.ifPresent(done -> object.set("experiment", ExperimentJson.write(done)));
        response.header(JSON);
        if (result.isEmpty()) {
            response.status(Status.ACCEPTED_202)
                    .header(HeaderValues.create(HeaderNames.LOCATION, "/experiments/" + id));
        }
        response.send(Json.line(object));
    }

    private Desk.Entry entry(ExperimentId id) {
        return desk.find(id).orElseThrow(() -> unknown(id));
    }

    private static Problem unknown(ExperimentId id) {
        return new Problem(
                Status.NOT_FOUND_404, "experiment %s: not known to this worker".formatted(id));
    }

    /// The earlier system's form names no clips: the worker's own are taken.
    private Experiment readPlain(JsonNode document) {
        ExperimentId id = ExperimentOrderJson.readId(document);
        Candidate read = CandidateJson.read(document, Contract.NATIVE);
        Contract contract =
                ContractRecognition.recognise(read.encoder(), read.decoder())
                        .orElse(Contract.NATIVE);
        return new Experiment(
                id,
                Optional.empty(),
                new Proposal(new Candidate(read.sources(), contract), "", List.of(), "http"),
                parts.usual().clips(),
                parts.usual().anchors(),
                parts.usual().limitClass());
    }
}
