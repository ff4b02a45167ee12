package aiv1.dashboard.http;

import aiv1.dashboard.DashboardParts;
import aiv1.dashboard.board.Board;
import aiv1.domain.campaign.Mark;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.wire.Json;
import aiv1.wire.JsonFormatException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What people may do. Each is a mark in the ledger, under the request's `Idempotency-Key`: the
/// same key again does nothing more.
final class WriteRoutes {
    private static final HeaderName KEY = HeaderNames.create("Idempotency-Key");
    private static final Pattern KEY_FORM = Pattern.compile("[A-Za-z0-9._:-]{1,100}");
    private static final int BODY_BYTES_MAX = 16 << 10;

    private final DashboardParts parts;
    private final Board board;

    WriteRoutes(DashboardParts parts, Board board) {
        this.parts = parts;
        this.board = board;
    }

    /// `POST /api/campaigns/{id}:{action}`
    void campaign(ServerRequest request, ServerResponse response) {
        String[] words = words(request);
        CampaignId id = made(words[0], CampaignId::new);
        if (parts.ledger().findCampaign(id).isEmpty()) {
            throw Problem.notFound("campaign " + id + ": not in this home");
        }
        switch (words[1]) {
            case "stop" -> {
                if (!parts.controls().isRunning(id)) {
                    throw new Problem(
                            Status.CONFLICT_409,
                            "campaign %s does not run in this process: stop it where 'aiv1 run' was started, with Ctrl-C"
                                    .formatted(id));
                }
                if (mark(request, response, "stop", id.value(), "")) {
                    parts.controls().stop(id);
                }
            }
            case "start", "pause" ->
                    throw new Problem(
                            Status.CONFLICT_409,
                            "campaign %s: this page cannot start or pause a campaign: stop it here, and go on with 'aiv1 run --resume %s'"
                                    .formatted(id, id));
            default -> throw unknown(words[1], "stop");
        }
    }

    /// `POST /api/experiments/{id}:{action}`
    void experiment(ServerRequest request, ServerResponse response) {
        String[] words = words(request);
        ExperimentId id = known(words[0]);
        switch (words[1]) {
            case "star", "unstar" -> mark(request, response, words[1], id.value(), "");
            case "rerun", "cancel" ->
                    throw new Problem(
                            Status.CONFLICT_409,
                            "experiment %s: this page cannot %s an experiment: 'aiv1 export %s DIR' and 'aiv1 evaluate DIR' measure it again"
                                    .formatted(id, words[1], id));
            default -> throw unknown(words[1], "star, unstar");
        }
    }

    /// `POST /api/experiments/{id}/notes`
    void note(ServerRequest request, ServerResponse response) {
        ExperimentId id = known(request.path().pathParameters().get("id"));
        String text = body(request).path("text").asString("").strip();
        if (text.isEmpty() || text.length() > Mark.TEXT_LENGTH_MAX) {
            throw Problem.badRequest(
                    "text: expected 1 to %d characters, got %d"
                            .formatted(Mark.TEXT_LENGTH_MAX, text.length()));
        }
        mark(request, response, "note", id.value(), text);
    }

    /// `GET /api/audit`: who did what, latest first.
    void audit(ServerRequest request, ServerResponse response) {
        String target = new Query(request).text("target").orElse("");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode entries = answer.putArray("entries");
        board.marks(mark -> target.isEmpty() || mark.target().equals(target)).reversed().stream()
                .limit(1000)
                .forEach(
                        mark -> {
                            ObjectNode entry = entries.addObject();
                            entry.put("at", mark.at().toString());
                            entry.put("action", mark.action());
                            entry.put("target", mark.target());
                            entry.put("by", mark.by());
                            entry.put("result", "done");
                        });
        Answers.json(request, response, answer);
    }

    private ExperimentId known(String text) {
        ExperimentId id = made(text, ExperimentId::new);
        if (board.slim(id.value()).isEmpty()) {
            throw Problem.notFound("experiment " + id + ": not in this home");
        }
        return id;
    }

    private boolean mark(
            ServerRequest request,
            ServerResponse response,
            String action,
            String target,
            String text) {
        String key = request.headers().value(KEY).orElseGet(() -> UUID.randomUUID().toString());
        if (!KEY_FORM.matcher(key).matches()) {
            throw Problem.badRequest(
                    "Idempotency-Key: expected 1 to 100 of letters, digits and . _ : -");
        }
        boolean isNew =
                board.mark(
                        new Mark(
                                Instant.now(),
                                action,
                                target,
                                request.remotePeer().host(),
                                text,
                                key));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("action_id", key);
        response.status(Status.ACCEPTED_202)
                .header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"))
                .send(Json.line(answer));
        return isNew;
    }

    /// The id and the action of `{id}:{action}`.
    private static String[] words(ServerRequest request) {
        String text = request.path().pathParameters().get("call");
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw Problem.notFound("expected ID:ACTION, got '" + text + "'");
        }
        return new String[] {text.substring(0, colon), text.substring(colon + 1)};
    }

    private static Problem unknown(String action, String known) {
        return Problem.notFound("action: expected %s, got '%s'".formatted(known, action));
    }

    private static <T> T made(String text, java.util.function.Function<String, T> constructor) {
        try {
            return constructor.apply(text);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode body(ServerRequest request) {
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(BODY_BYTES_MAX + 1);
            if (bytes.length > BODY_BYTES_MAX) {
                throw new Problem(
                        Status.REQUEST_ENTITY_TOO_LARGE_413,
                        "body: expected at most %d bytes, got more".formatted(BODY_BYTES_MAX));
            }
            return Json.parse(new String(bytes, StandardCharsets.UTF_8), "body");
        } catch (IOException | JsonFormatException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
