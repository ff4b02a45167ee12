package aiv1.worker.http;

import aiv1.domain.LabFaultException;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Provenance;
import aiv1.wire.Json;
import aiv1.wire.ProgressJson;
import com.sun.management.OperatingSystemMXBean;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How the worker is. Nothing here waits for an experiment, so it answers while all cores are busy.
final class StatusRoutes {
    private static final Header JSON =
            HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json");

    private static final int LOG_COUNT = 100;

    private final Desk desk;
    private final WorkerParts parts;
    private final RequestLog log;

    StatusRoutes(Desk desk, WorkerParts parts, RequestLog log) {
        this.log = log;
        this.desk = desk;
        this.parts = parts;
    }

    /// `GET /health`: that it lives, and which worker it is; open to anyone.
    void health(ServerRequest request, ServerResponse response) {
        response.header(JSON).send(Json.line(parts.identity().json(desk.isDraining())));
    }

    /// `GET /status`: what it has and what it does.
    void status(ServerRequest request, ServerResponse response) {
        ObjectNode object = parts.identity().json(desk.isDraining());
        Provenance provenance = parts.identity().provenance();
        object.put("sandbox_tier", provenance.sandboxTier());
        ObjectNode environment = object.putObject("environment");
        environment.put("python", provenance.python());
        environment.put("numpy", provenance.numpy());
        environment.put("ffmpeg", provenance.ffmpeg());
        environment.put("metrics", provenance.metrics());
        ArrayNode capabilities = object.putArray("capabilities");
        parts.capabilities().forEach(capabilities::add);
        ArrayNode devices = object.putArray("devices");
        parts.capabilities().stream()
                .filter(capability -> !capability.startsWith("tier-"))
                .forEach(devices::add);
        object.put("slots", desk.slotCount());
        ArrayNode running = object.putArray("running");
        ArrayNode waiting = object.putArray("waiting");
        for (Desk.Entry entry : desk.unfinished()) {
            if (entry.state() == Desk.State.WAITING) {
                waiting.add(entry.experiment().id().value());
            } else {
                running.add(running(entry));
            }
        }
        object.set("machine", machine());
        object.set("clip_cache", clipCache());
        response.header(JSON).send(Json.line(object));
    }

    /// `GET /logs`, `?last=N`: the latest lines of the log, oldest first.
    void logs(ServerRequest request, ServerResponse response) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ArrayNode lines = object.putArray("lines");
        log.latest(Requests.number(request, "last").orElse(LOG_COUNT)).forEach(lines::add);
        response.header(JSON).send(Json.line(object));
    }

    /// `POST /canary`: measures the codec whose numbers are known; 500 for other numbers.
    void canary(ServerRequest request, ServerResponse response) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        try {
            object.put("canary", parts.canary().get());
        } catch (LabFaultException wrong) {
            throw new Problem(Status.INTERNAL_SERVER_ERROR_500, String.valueOf(wrong.getMessage()));
        }
        response.header(JSON).send(Json.line(object));
    }

    private static ObjectNode running(Desk.Entry entry) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("experiment_id", entry.experiment().id().value());
        object.put("seconds", entry.runningFor().toSeconds());
        Optional<Progress.Event> latest = entry.events().latest();
        latest.ifPresent(event -> object.set("progress", ProgressJson.write(event)));
        return object;
    }

    private static ObjectNode machine() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("processors", Runtime.getRuntime().availableProcessors());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            putShare(object, "cpu_load", system.getCpuLoad());
            object.put("memory_bytes", system.getTotalMemorySize());
        }
        putCount(object, "memory_free_bytes", KernelCounters.HERE.availableMemoryBytes());
        putCount(object, "process_memory_bytes", KernelCounters.HERE.residentBytes());
        putCount(object, "network_received_bytes", KernelCounters.HERE.receivedBytes());
        putCount(object, "network_sent_bytes", KernelCounters.HERE.sentBytes());
        return object;
    }

    private static void putCount(ObjectNode object, String name, OptionalLong count) {
        if (count.isPresent()) {
            object.put(name, count.getAsLong());
        } else {
            object.putNull(name);
        }
    }

    /// A load that the system cannot tell is negative there, and absent here.
    private static void putShare(ObjectNode object, String name, double share) {
        if (share >= 0) {
            object.put(name, Double.parseDouble(String.format(Locale.ROOT, "%.3f", share)));
        } else {
            object.putNull(name);
        }
    }

    private ObjectNode clipCache() {
        List<Clip> clips = parts.clips().list();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("clips", clips.size());
        object.put("cached_bytes", parts.clips().cachedBytes());
        object.put("cached_bytes_max", parts.clipCacheBytesMax());
        object.put("disk_free_bytes", parts.clips().freeBytes());
        return object;
    }
}
