package aiv1.dashboard.http;

import aiv1.dashboard.board.Board;
import aiv1.wire.Json;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// The latest answers that take long to make, for as long as no result and no mark has come since:
/// made once, however many ask at the same time. Thread-safe.
final class KeptAnswers {
    private static final int KEPT_COUNT_MAX = 32;

    private final Board board;
    private final Map<String, Kept> answers =
            new LinkedHashMap<>(KEPT_COUNT_MAX, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
                    return size() > KEPT_COUNT_MAX;
                }
            };

    private record Kept(String version, FutureTask<Answers.Tagged> answer) {}

    KeptAnswers(Board board) {
        this.board = board;
    }

    /// `make` answers what this request's path and query ask for, by recorded results and marks
    /// alone.
    void json(ServerRequest request, ServerResponse response, Supplier<JsonNode> make) {
        bytes(request, response, () -> Json.line(make.get()).getBytes(StandardCharsets.UTF_8));
    }

    /// The same, for one that makes the document's text itself.
    void bytes(ServerRequest request, ServerResponse response, Supplier<byte[]> make) {
        bytes(request, response, board.version() + " " + board.markCount(), make);
    }

    /// The same, for one that stays as it is as long as `version` does.
    void bytes(
            ServerRequest request, ServerResponse response, String version, Supplier<byte[]> make) {
        String asked = request.path().rawPath() + "?" + request.query().rawValue();
        Kept kept;
        synchronized (answers) {
            Kept known = answers.get(asked);
            kept =
                    known != null && known.version().equals(version)
                            ? known
                            : new Kept(
                                    version, new FutureTask<>(() -> Answers.Tagged.of(make.get())));
            answers.put(asked, kept);
        }
        kept.answer().run();
        Answers.kept(request, response, made(asked, kept));
    }

    private Answers.Tagged made(String asked, Kept kept) {
        try {
            return kept.answer().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            synchronized (answers) {
                answers.remove(asked, kept);
            }
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(asked, e.getCause());
        }
    }
}
