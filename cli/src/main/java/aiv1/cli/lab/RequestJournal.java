package aiv1.cli.lab;

import aiv1.cli.config.ConfigurationException;
import aiv1.cluster.Place;
import aiv1.cluster.RequestListener;
import aiv1.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// This side's log of requests to workers: a JSON object a line, appended to a file, with the
/// request ids that the workers log too. Looks at health and status are left out. Thread-safe.
final class RequestJournal implements RequestListener {
    private final Path file;

    /// Throws [ConfigurationException] for a file that cannot be written.
    RequestJournal(Path file) {
        this.file = file.toAbsolutePath();
        try {
            append("");
        } catch (UncheckedIOException e) {
            throw new ConfigurationException(
                    List.of(
                            "request-log: expected a file that can be written, got %s: %s"
                                    .formatted(file, e.getCause())));
        }
    }

    @Override
    public void asked(
            Place worker,
            String requestId,
            String request,
            String outcome,
            Duration took,
            long bytes) {
        String[] words = request.split(" ", 2);
        if (words[1].equals("/health") || words[1].equals("/status")) {
            return;
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", Instant.now().toString());
        line.put("event", "asked");
        line.put("request_id", requestId);
        line.put("worker", worker.toString());
        line.put("method", words[0]);
        line.put("path", words[1]);
        line.put("status", outcome);
        line.put("milliseconds", took.toMillis());
        line.put("bytes", bytes);
        append(Json.line(line) + "\n");
    }

    private synchronized void append(String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
