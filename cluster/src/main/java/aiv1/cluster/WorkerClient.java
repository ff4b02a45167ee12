package aiv1.cluster;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Progress;
import aiv1.wire.ExperimentJson;
import aiv1.wire.ExperimentOrderJson;
import aiv1.wire.Json;
import aiv1.wire.JsonFormatException;
import aiv1.wire.ProgressJson;
import aiv1.wire.VerificationJson;
import aiv1.wire.WorkerHealthJson;
import io.helidon.http.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// One worker, as calls: each asks once, and says what kept the answer away.
final class WorkerClient {
    /// Every bitstream of a result is decoded, within the limits of decoders.
    private static final Duration VERIFICATION_TIME_MAX = Duration.ofMinutes(30);

    private static final String HEALTH_REQUEST = "health";
    private static final int CAPABILITY_COUNT_MAX = 100;

    private final WorkerHttp http;
    private final Timing timing;

    WorkerClient(Place place, WorkerAccess access, Timing timing) {
        this.http = new WorkerHttp(place, access, timing);
        this.timing = timing;
    }

    /// What came of an experiment so far: events after the last known one, and whether it is over.
    record Batch(List<Progress.Event> events, long last, boolean isOver) {}

    /// What it has: experiments side by side (> 0), free bytes of its disk (absent: it does not
    /// say), and what it is capable of, such as `cpu`.
    record Capacity(int slotCount, OptionalLong diskFreeBytes, Set<String> capabilities) {
        Capacity {
            capabilities = Collections.unmodifiableSet(new LinkedHashSet<>(capabilities));
        }
    }

    Place place() {
        return http.place();
    }

    WorkerTroubleException trouble(Trouble trouble, String what) {
        return http.trouble(trouble, what);
    }

    /// Whether anybody listens.
    void connect() throws WorkerTroubleException {
        http.connect();
    }

    WorkerHealthJson health() throws WorkerTroubleException {
        JsonNode answer;
        try {
            answer =
                    http.json(http.get("/health", HEALTH_REQUEST))
                            .orElseThrow(() -> http.notAWorker("nothing at /health"));
        } catch (WorkerTroubleException wrong) {
            throw switch (wrong.trouble()) {
                // A worker says none of this at /health.
                case WRONG_NUMBERS, REFUSES, DISK_FULL, GARBAGE ->
                        http.notAWorker("at /health " + wrong.what());
                default -> wrong;
            };
        }
        try {
            return WorkerHealthJson.read(answer);
        } catch (JsonFormatException other) {
            throw http.notAWorker(String.valueOf(other.getMessage()));
        }
    }

    /// Its own account of what it has and does, as a document.
    JsonNode status() throws WorkerTroubleException {
        return http.require(http.json(http.get("/status", HEALTH_REQUEST)), "/status");
    }

    /// How busy its machine is; empty when it does not say.
    Optional<WorkerLoad> load() {
        try {
            return Optional.of(WorkerLoad.read(status()));
        } catch (WorkerTroubleException unsaid) {
            return Optional.empty();
        }
    }

    JsonNode log(int last) throws WorkerTroubleException {
        return http.require(http.json(http.get("/logs?last=" + last, HEALTH_REQUEST)), "/logs");
    }

    void drain() throws WorkerTroubleException {
        command("/drain");
    }

    void restart() throws WorkerTroubleException {
        command("/restart");
    }

    private void command(String path) throws WorkerTroubleException {
        if (http.bytes(http.post(path, HEALTH_REQUEST, Optional.empty())).isEmpty()) {
            throw http.notAWorker("nothing at " + path);
        }
    }

    /// Proves that it takes the token.
    Capacity capacity() throws WorkerTroubleException {
        JsonNode status = status();
        JsonNode slots = status.path("slots");
        if (!slots.isInt() || slots.intValue() < 1) {
            throw http.notAWorker("status without slots");
        }
        JsonNode free = status.path("clip_cache").path("disk_free_bytes");
        return new Capacity(
                slots.intValue(),
                free.isIntegralNumber() ? OptionalLong.of(free.longValue()) : OptionalLong.empty(),
                status.path("capabilities")
                        .valueStream()
                        .limit(CAPABILITY_COUNT_MAX)
                        .map(one -> one.asString(""))
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /// Has it measure the codec whose numbers are known; what it says of them.
    String canary() throws WorkerTroubleException {
        JsonNode answer =
                http.require(
                        http.json(
                                new WorkerHttp.Question(
                                        Method.POST,
                                        "/canary",
                                        HEALTH_REQUEST,
                                        timing.canaryTimeMax(),
                                        Optional.empty())),
                        "/canary");
        return answer.path("canary").asString("");
    }

    /// Sends what the worker does not have of a clip; returns how many bytes that were.
    long send(Clip clip, ClipFile files, ExperimentId cause) throws WorkerTroubleException {
        return new ClipUpload(http, clip, cause).send(files);
    }

    void order(Experiment experiment) throws WorkerTroubleException {
        http.require(
                http.json(
                        http.post(
                                "/experiment",
                                experiment.id().value(),
                                Optional.of(
                                        WorkerHttp.Body.of(
                                                Json.line(
                                                        ExperimentOrderJson.write(experiment)))))),
                "/experiment");
    }

    /// Waits a few seconds for something to happen; empty when the worker does not know it.
    Optional<Batch> events(ExperimentId id, long after) throws WorkerTroubleException {
        Optional<JsonNode> answer =
                http.json(
                        http.get(
                                "/experiments/%s/events?after=%d".formatted(id, after),
                                id.value()));
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
                http.require(
                        http.json(
                                http.get(
                                        "/experiments/" + experiment.id(),
                                        experiment.id().value())),
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
                http.bytes(http.get("/artifacts/" + id.sha256(), cause.value()))
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

    /// Has it measure another worker's result again, from the bitstreams that came with it; what
    /// differs.
    List<String> verify(ExperimentResult result, ArtifactStore artifacts)
            throws WorkerTroubleException {
        String document = Json.line(VerificationJson.write(result, artifacts));
        JsonNode answer =
                http.require(
                        http.json(
                                new WorkerHttp.Question(
                                        Method.POST,
                                        "/verification",
                                        result.experiment().id().value(),
                                        VERIFICATION_TIME_MAX,
                                        Optional.of(WorkerHttp.Body.of(document)))),
                        "/verification");
        return answer.path("differences").valueStream().map(JsonNode::asString).toList();
    }

    void cancel(ExperimentId id) throws WorkerTroubleException {
        http.bytes(
                new WorkerHttp.Question(
                        Method.DELETE,
                        "/experiments/" + id,
                        id.value(),
                        timing.answerTimeMax(),
                        Optional.empty()));
    }
}
