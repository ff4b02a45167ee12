package aiv1.cluster;

import aiv1.domain.ArtifactId;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Progress;
import aiv1.wire.ClipJson;
import aiv1.wire.ExperimentJson;
import aiv1.wire.ExperimentOrderJson;
import aiv1.wire.Json;
import aiv1.wire.JsonFormatException;
import aiv1.wire.ProgressJson;
import aiv1.wire.WorkerHealthJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One worker, as calls: each asks once, and says what kept the answer away.
final class WorkerClient {
    /// As long as sending a clip may take: 64 GiB at 20 MB/s.
    private static final Duration TRANSFER_TIME_MAX = Duration.ofHours(1);

    private static final Duration CANARY_TIME_MAX = Duration.ofMinutes(1);

    private static final String HEALTH_REQUEST = "health";

    private final WorkerHttp http;

    WorkerClient(URI base, Optional<String> token, HttpClient client) {
        this.http = new WorkerHttp(base, token, client);
    }

    /// What came of an experiment so far: events after the last known one, and whether it is over.
    record Batch(List<Progress.Event> events, long last, boolean isOver) {}

    URI base() {
        return http.base();
    }

    WorkerHealthJson health() throws WorkerTroubleException {
        JsonNode answer =
                http.json(http.request("/health", HEALTH_REQUEST).GET().build())
                        .orElseThrow(() -> notAWorker("nothing at /health"));
        try {
            return WorkerHealthJson.read(answer);
        } catch (JsonFormatException other) {
            throw notAWorker(String.valueOf(other.getMessage()));
        }
    }

    /// How many experiments it carries out side by side; proves that it takes the token.
    int slotCount() throws WorkerTroubleException {
        JsonNode slots =
                http.json(http.request("/status", HEALTH_REQUEST).GET().build())
                        .map(status -> status.path("slots"))
                        .orElseThrow(() -> notAWorker("nothing at /status"));
        if (!slots.isInt() || slots.intValue() < 1) {
            throw notAWorker("status without slots");
        }
        return slots.intValue();
    }

    /// Has it measure the codec whose numbers are known.
    void canary() throws WorkerTroubleException {
        require(
                http.json(
                        http.request("/canary", HEALTH_REQUEST)
                                .timeout(CANARY_TIME_MAX)
                                .POST(BodyPublishers.noBody())
                                .build()),
                "/canary");
    }

    /// Sends what the worker does not have of a clip; returns how many bytes that were.
    long send(Clip clip, ClipFile files, ExperimentId cause) throws WorkerTroubleException {
        String announcement = Json.line(ClipJson.write(clip));
        JsonNode answer =
                require(
                        http.json(
                                http.request("/clips", cause.value())
                                        .POST(BodyPublishers.ofString(announcement))
                                        .build()),
                        "/clips");
        if (answer.path("complete").asBoolean(false)) {
            return 0;
        }
        long offset = answer.path("received_bytes").asLong(0);
        Path file = files.of(clip);
        JsonNode after =
                require(
                        http.json(
                                http.request(
                                                "/clips/%s?offset=%d"
                                                        .formatted(clip.id().sha256(), offset),
                                                cause.value())
                                        .timeout(TRANSFER_TIME_MAX)
                                        .PUT(rest(file, offset))
                                        .build()),
                        "/clips");
        if (!after.path("complete").asBoolean(false)) {
            throw http.trouble(
                    Trouble.GARBAGE, "clip %s was sent, and is not there".formatted(clip.name()));
        }
        return after.path("file_bytes").asLong(0) - offset;
    }

    void order(Experiment experiment) throws WorkerTroubleException {
        require(
                http.json(
                        http.request("/experiment", experiment.id().value())
                                .POST(
                                        BodyPublishers.ofString(
                                                Json.line(ExperimentOrderJson.write(experiment))))
                                .build()),
                "/experiment");
    }

    /// Waits a few seconds for something to happen; empty when the worker does not know it.
    Optional<Batch> events(ExperimentId id, long after) throws WorkerTroubleException {
        Optional<JsonNode> answer =
                http.json(
                        http.request(
                                        "/experiments/%s/events?after=%d".formatted(id, after),
                                        id.value())
                                .GET()
                                .build());
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<Progress.Event> events = new ArrayList<>();
            answer.get().path("events").forEach(event -> events.add(ProgressJson.read(event)));
            return Optional.of(
                    new Batch(
                            events,
                            answer.get().path("last").asLong(after),
                            answer.get().path("over").asBoolean(false)));
        } catch (JsonFormatException wrong) {
            throw http.trouble(Trouble.GARBAGE, String.valueOf(wrong.getMessage()));
        }
    }

    /// The result of a finished experiment, which must be of `experiment` to the letter.
    ExperimentResult result(Experiment experiment) throws WorkerTroubleException {
        JsonNode answer =
                require(
                        http.json(
                                http.request(
                                                "/experiments/" + experiment.id(),
                                                experiment.id().value())
                                        .GET()
                                        .build()),
                        "/experiments");
        try {
            ExperimentResult result =
                    ExperimentJson.read(answer.path("experiment"), experiment.proposal());
            if (!result.experiment().equals(experiment)) {
                throw http.trouble(
                        Trouble.GARBAGE,
                        "its result is of another experiment than " + experiment.id());
            }
            return result;
        } catch (JsonFormatException wrong) {
            throw http.trouble(Trouble.GARBAGE, String.valueOf(wrong.getMessage()));
        }
    }

    /// Bytes that bear their name out.
    byte[] artifact(ArtifactId id, ExperimentId cause) throws WorkerTroubleException {
        byte[] bytes =
                http.bytes(http.request("/artifacts/" + id.sha256(), cause.value()).GET().build())
                        .orElseThrow(
                                () ->
                                        http.trouble(
                                                Trouble.GARBAGE,
                                                "artifact %s is not there".formatted(id.sha256())));
        if (!ArtifactId.of(bytes).equals(id)) {
            throw http.trouble(
                    Trouble.GARBAGE,
                    "artifact %s has other bytes than its name says".formatted(id.sha256()));
        }
        return bytes;
    }

    void cancel(ExperimentId id) throws WorkerTroubleException {
        http.bytes(http.request("/experiments/" + id, id.value()).DELETE().build());
    }

    private JsonNode require(Optional<JsonNode> answer, String path) throws WorkerTroubleException {
        return answer.orElseThrow(() -> notAWorker("nothing at " + path));
    }

    private WorkerTroubleException notAWorker(String what) {
        return http.trouble(Trouble.NOT_A_WORKER, "this is no AiV1 worker, " + what);
    }

    private static BodyPublisher rest(Path file, long offset) {
        return BodyPublishers.ofInputStream(
                () -> {
                    try {
                        InputStream in = Files.newInputStream(file);
                        in.skipNBytes(offset);
                        return in;
                    } catch (IOException unreadable) {
                        throw new UncheckedIOException(unreadable);
                    }
                });
    }
}
