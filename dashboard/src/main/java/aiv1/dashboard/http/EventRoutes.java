package aiv1.dashboard.http;

import aiv1.dashboard.board.Board;
import aiv1.dashboard.board.Event;
import aiv1.dashboard.board.Events;
import aiv1.wire.Json;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// `GET /api/events`: server-sent events. A browser that comes back says which one it saw last, by
/// `Last-Event-ID` or `since`, and gets what it missed; when that is too long ago, `reset`.
final class EventRoutes {
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
    private static final Duration ALIVE = Duration.ofSeconds(15);

    private final Events events;
    private final Supplier<JsonNode> snapshot;

    EventRoutes(Board board, Supplier<JsonNode> snapshot) {
        this.events = board.events();
        this.snapshot = snapshot;
    }

    void stream(ServerRequest request, ServerResponse response) throws InterruptedException {
        long since = since(request);
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "text/event-stream"));
        response.header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));
        try (OutputStream out = response.outputStream()) {
            long number = since;
            if (since < 0 || !events.reaches(since)) {
                number = events.last();
                send(out, since < 0 ? "snapshot" : "reset", number, snapshot.get());
            }
            send(out, ": hello\n\n");
            while (!events.isClosed()) {
                List<Event> next = events.after(number, ALIVE);
                for (Event event : next) {
                    number = event.number();
                    send(out, event.name(), number, event.data());
                }
                if (next.isEmpty()) {
                    send(out, ": keep-alive\n\n");
                }
            }
        } catch (IOException | UncheckedIOException gone) {
            // The browser left.
            return;
        }
    }

    /// -1 for a browser that comes for the first time.
    private static long since(ServerRequest request) {
        String header = request.headers().value(LAST_EVENT_ID).orElse("");
        if (header.matches("[0-9]{1,15}")) {
            return Long.parseLong(header);
        }
        return new Query(request).number("since", -1, 999_999_999_999_999L);
    }

    private static void send(OutputStream out, String name, long number, JsonNode data)
            throws IOException {
        send(out, "event: %s\nid: %d\ndata: %s\n\n".formatted(name, number, Json.line(data)));
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
