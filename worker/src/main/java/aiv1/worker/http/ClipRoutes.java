package aiv1.worker.http;

import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.media.ClipLibrary;
import aiv1.media.MediaException;
import aiv1.wire.ClipJson;
import aiv1.wire.Json;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Clips on their way to the worker: announced with their form, then sent from where the last
/// transfer ended.
final class ClipRoutes {
    /// A clip's file may not be larger: 64 GiB.
    static final long FILE_BYTES_MAX = 64L << 30;

    private static final int ANNOUNCED_COUNT_MAX = 1000;
    private static final int INSUFFICIENT_STORAGE = 507;

    private final ClipLibrary clips;
    private final WorkerParts parts;
    private final Desk desk;
    private final Meters meters;
    private final Duration silenceTimeMax;
    private final Map<ClipId, Clip> announced = new LinkedHashMap<>();

    ClipRoutes(WorkerParts parts, Desk desk, Meters meters, Duration silenceTimeMax) {
        this.silenceTimeMax = silenceTimeMax;
        this.parts = parts;
        this.clips = parts.clips();
        this.desk = desk;
        this.meters = meters;
    }

    /// `POST /clips`: a clip's form; answers how much of it is here.
    void announce(ServerRequest request, ServerResponse response) {
        Clip clip = Requests.read(Requests.json(request, silenceTimeMax), ClipJson::read);
        if (ClipLibrary.fileBytes(clip) > FILE_BYTES_MAX) {
            throw new Problem(
                    Status.REQUEST_ENTITY_TOO_LARGE_413,
                    "clip %s: expected at most %d bytes, got %d"
                            .formatted(clip.name(), FILE_BYTES_MAX, ClipLibrary.fileBytes(clip)));
        }
        try {
            clips.makeRoom(clip, parts.clipCacheBytesMax(), clipsInUse());
        } catch (MediaException full) {
            throw new Problem(
                    Status.create(INSUFFICIENT_STORAGE), String.valueOf(full.getMessage()));
        }
        synchronized (announced) {
            announced.put(clip.id(), clip);
            if (announced.size() > ANNOUNCED_COUNT_MAX) {
                announced.remove(announced.keySet().iterator().next());
            }
        }
        answer(clip, response);
    }

    /// `PUT /clips/{sha256}?offset=N`: the bytes from N on.
    void receive(ServerRequest request, ServerResponse response) {
        ClipId id = Requests.path(request, "sha256", ClipId::new);
        Optional<Clip> clip;
        synchronized (announced) {
            clip = Optional.ofNullable(announced.get(id));
        }
        Clip known =
                clip.orElseThrow(
                        () ->
                                new Problem(
                                        Status.NOT_FOUND_404,
                                        "clip %s: expected it to be announced first"
                                                .formatted(id.sha256())));
        long before = clips.receivedBytes(known);
        try (InputStream in = new BodyStream(request, silenceTimeMax)) {
            if (clips.receivedBytes(known) < ClipLibrary.fileBytes(known)) {
                clips.receive(known, Requests.number(request, "offset").orElse(0), in);
            }
            meters.receivedClipBytes(Math.max(0, clips.receivedBytes(known) - before));
        } catch (MediaException refused) {
            throw new Problem(Status.CONFLICT_409, String.valueOf(refused.getMessage()));
        } catch (IOException broken) {
            throw new Problem(
                    Status.BAD_REQUEST_400,
                    "clip %s: the transfer broke: %s".formatted(known.name(), broken.getMessage()));
        }
        answer(known, response);
    }

    /// Those of experiments at the desk, and of orders that name none.
    private Set<ClipId> clipsInUse() {
        Set<ClipId> inUse = new HashSet<>(desk.clipsInUse());
        parts.usual().clips().forEach(clip -> inUse.add(clip.id()));
        return inUse;
    }

    private void answer(Clip clip, ServerResponse response) {
        long received = clips.receivedBytes(clip);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("clip_id", clip.id().sha256());
        object.put("received_bytes", received);
        object.put("file_bytes", ClipLibrary.fileBytes(clip));
        object.put("complete", received == ClipLibrary.fileBytes(clip));
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"))
                .send(Json.line(object));
    }
}
