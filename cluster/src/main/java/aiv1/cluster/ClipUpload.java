package aiv1.cluster;

import aiv1.domain.LabFaultException;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.ExperimentId;
import aiv1.wire.ClipJson;
import aiv1.wire.Json;
import io.helidon.http.Method;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A clip on its way to a worker, which says how much of it is there already; `cause` is what it is
/// sent for.
record ClipUpload(WorkerHttp http, Clip clip, ExperimentId cause) {
    /// As long as sending a clip may take: 64 GiB at 20 MB/s.
    private static final Duration TRANSFER_TIME_MAX = Duration.ofHours(1);

    /// Sends what is not there; returns how many bytes that were.
    long send(ClipFile files) throws WorkerTroubleException {
        String announcement = Json.line(ClipJson.write(clip));
        JsonNode answer =
                http.require(
                        http.json(
                                http.post(
                                        "/clips",
                                        cause.value(),
                                        Optional.of(WorkerHttp.Body.of(announcement)))),
                        "/clips");
        if (answer.path("complete").asBoolean(false)) {
            return 0;
        }
        long offset = answer.path("received_bytes").asLong(0);
        Path file = files.of(clip);
        JsonNode after =
                http.require(
                        http.json(
                                new WorkerHttp.Question(
                                        Method.PUT,
                                        "/clips/%s?offset=%d".formatted(clip.id().sha256(), offset),
                                        cause.value(),
                                        TRANSFER_TIME_MAX,
                                        Optional.of(rest(file, offset)))),
                        "/clips");
        if (!after.path("complete").asBoolean(false)) {
            throw http.trouble(
                    Trouble.GARBAGE, "clip %s was sent, and is not there".formatted(clip.name()));
        }
        return after.path("file_bytes").asLong(0) - offset;
    }

    private WorkerHttp.Body rest(Path file, long offset) throws WorkerTroubleException {
        long bytes;
        try {
            bytes = Files.size(file) - offset;
        } catch (IOException unreadable) {
            throw new LabFaultException(file + ": cannot be read", unreadable);
        }
        if (bytes < 0) {
            throw http.trouble(
                    Trouble.GARBAGE,
                    "it has more of %s than there is".formatted(file.getFileName()));
        }
        return new WorkerHttp.Body(
                bytes,
                out -> {
                    try (InputStream in = Files.newInputStream(file)) {
                        in.skipNBytes(offset);
                        in.transferTo(out);
                    }
                });
    }
}
