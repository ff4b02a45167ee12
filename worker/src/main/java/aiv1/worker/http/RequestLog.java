package aiv1.worker.http;

import aiv1.domain.experiment.ExperimentId;
import aiv1.wire.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a worker did: an object a line, as JSON or for people. The latest lines are kept for
/// whoever asks. Thread-safe.
///
/// A request's id is the experiment's where it is about one, so one id leads through every line on
/// both machines.
public final class RequestLog {
    static final int KEPT_COUNT_MAX = 2000;

    private static final int PATH_LENGTH_MAX = 200;
    private static final int TRACE_LENGTH_MAX = 20;

    private final PrintStream out;
    private final Form form;
    private final Deque<ObjectNode> kept = new ArrayDeque<>();

    /// How lines are printed.
    public enum Form {
        JSON,
        TEXT
    }

    public RequestLog(PrintStream out, Form form) {
        this.out = out;
        this.form = form;
    }

    void answered(String requestId, String method, String path, int status, Duration took) {
        ObjectNode line = line("answered", requestId);
        line.put("method", method);
        line.put("path", path.substring(0, Math.min(PATH_LENGTH_MAX, path.length())));
        line.put("status", status);
        line.put("milliseconds", took.toMillis());
        print(line);
    }

    void accepted(ExperimentId id) {
        print(line("accepted", id.value()));
    }

    void started(ExperimentId id) {
        print(line("started", id.value()));
    }

    /// `outcome` is the result's, or `fault` for none.
    void finished(ExperimentId id, String outcome, Duration took) {
        ObjectNode line = line("finished", id.value());
        line.put("outcome", outcome);
        line.put("milliseconds", took.toMillis());
        print(line);
    }

    /// Something that should not happen, in one line: what, and where in the program.
    void faulted(String requestId, RuntimeException bug) {
        ObjectNode line = line("fault", requestId);
        line.put("message", bug.toString());
        ArrayNode places = line.putArray("at_code");
        for (Throwable cause = bug; cause != null; cause = cause.getCause()) {
            StackTraceElement[] trace = cause.getStackTrace();
            places.add(cause.getClass().getName() + ": " + cause.getMessage());
            for (int i = 0; i < Math.min(TRACE_LENGTH_MAX, trace.length); i++) {
                places.add(trace[i].toString());
            }
        }
        print(line);
    }

    void draining(int left) {
        ObjectNode line = line("draining", "");
        line.put("experiments_left", left);
        print(line);
    }

    void restarting() {
        print(line("restarting", ""));
    }

    /// The latest lines, oldest first, at most `count`.
    synchronized List<ObjectNode> latest(long count) {
        return kept.stream().skip(Math.max(0, kept.size() - count)).toList();
    }

    private static ObjectNode line(String event, String requestId) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", Instant.now().toString());
        line.put("event", event);
        if (!requestId.isEmpty()) {
            line.put("request_id", requestId);
        }
        return line;
    }

    private synchronized void print(ObjectNode line) {
        kept.addLast(line);
        if (kept.size() > KEPT_COUNT_MAX) {
            kept.removeFirst();
        }
        out.println(form == Form.JSON ? Json.line(line) : text(line));
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asString() : Json.line(value);
    }

    /// Such as `2026-01-01T00:00:00Z answered request_id=a method=GET path=/health status=200`.
    private static String text(ObjectNode line) {
        String rest =
                line.propertyStream()
                        .filter(field -> !List.of("at", "event").contains(field.getKey()))
                        .map(field -> field.getKey() + "=" + text(field.getValue()))
                        .collect(Collectors.joining(" "));
        return (line.path("at").asString() + " " + line.path("event").asString() + " " + rest)
                .strip();
    }
}
