package aiv1.worker.http;

import aiv1.wire.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a worker did, a JSON object a line. Thread-safe.
public final class RequestLog {
    private static final int PATH_LENGTH_MAX = 200;

    private final PrintStream out;

    public RequestLog(PrintStream out) {
        this.out = out;
    }

    void answered(String requestId, String method, String path, int status, Duration took) {
        ObjectNode line = line("answered");
        line.put("request_id", requestId);
        line.put("method", method);
        line.put("path", path.substring(0, Math.min(PATH_LENGTH_MAX, path.length())));
        line.put("status", status);
        line.put("milliseconds", took.toMillis());
        print(line);
    }

    void draining(int left) {
        ObjectNode line = line("draining");
        line.put("experiments_left", left);
        print(line);
    }

    private static ObjectNode line(String event) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", Instant.now().toString());
        line.put("event", event);
        return line;
    }

    private synchronized void print(ObjectNode line) {
        out.println(Json.line(line));
    }
}
