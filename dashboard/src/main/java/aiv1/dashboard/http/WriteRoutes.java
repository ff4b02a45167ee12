package aiv1.dashboard.http;

import aiv1.dashboard.Controls;
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
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What people may do. Each is a mark in the ledger, under the request's `Idempotency-Key`: the
/// same key again does nothing more.
final class WriteRoutes {
    private static final HeaderName KEY = HeaderNames.create("Idempotency-Key");
    private static final Pattern KEY_FORM = Pattern.compile("[A-Za-z0-9._:-]{1,100}");
    private static final int BODY_BYTES_MAX = 16 << 10;

    /// Beyond this a body is not even read to its end.
    static final long PAYLOAD_BYTES_MAX = 64 << 10;

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
        Controls.State state = parts.controls().state(id);
        Runnable action =
                switch (words[1]) {
                    case "pause" -> () -> parts.controls().pause(id);
                    case "start" -> () -> parts.controls().start(id);
                    case "stop" -> () -> parts.controls().stop(id);
                    default -> throw unknown(words[1], "pause, start, stop");
                };
        String key = key(request);
        if (!board.isKnown(key)) {
            requireFit(id, words[1], state);
        }
        if (mark(request, key, words[1], id.value(), "")) {
            action.run();
            board.tell("campaign.changed", changed(id));
        }
        accepted(response, key, said(words[1]));
    }

    private static void requireFit(CampaignId id, String action, Controls.State state) {
        switch (state) {
            case ELSEWHERE ->
                    throw new Problem(
                            Status.CONFLICT_409,
                            "campaign %s does not run in this process: stop it where 'aiv1 run' was started, with Ctrl-C; 'aiv1 run --resume %s' goes on"
                                    .formatted(id, id));
            case STOPPING ->
                    throw new Problem(
                            Status.CONFLICT_409,
                            "campaign %s ends after what runs: 'aiv1 run --resume %s' goes on then"
                                    .formatted(id, id));
            case RUNNING -> {
                if (action.equals("start")) {
                    throw new Problem(
                            Status.CONFLICT_409,
                            "start: expected a paused campaign, got a running one");
                }
            }
            case PAUSED -> {
                if (action.equals("pause")) {
                    throw new Problem(
                            Status.CONFLICT_409,
                            "pause: expected a running campaign, got a paused one");
                }
            }
        }
    }

    private static String said(String action) {
        return switch (action) {
            case "pause" -> "Nothing new begins; what runs goes on to its end.";
            case "start" -> "The campaign goes on.";
            case "stop" -> "The campaign ends after what runs.";
            default -> "";
        };
    }

    private JsonNode changed(CampaignId id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("campaign_id", id.value())
                .put("state", parts.controls().state(id).name().toLowerCase(Locale.ROOT));
    }

    /// `POST /api/experiments/{id}:{action}`
    void experiment(ServerRequest request, ServerResponse response) {
        String[] words = words(request);
        ExperimentId id = known(words[0]);
        String key = key(request);
        switch (words[1]) {
            case "star", "unstar" -> {
                mark(request, key, words[1], id.value(), "");
                accepted(response, key, words[1].equals("star") ? "Starred." : "Star removed.");
            }
            case "cancel" -> cancel(request, response, key, id);
            case "rerun" -> rerun(request, response, key, id);
            default -> throw unknown(words[1], "star, unstar, cancel, rerun");
        }
    }

    private void cancel(
            ServerRequest request, ServerResponse response, String key, ExperimentId id) {
        if (!board.isKnown(key) && !parts.controls().isUnderWay(id)) {
            throw new Problem(
                    Status.CONFLICT_409,
                    "experiment %s: expected one that this process carries out now, got %s"
                            .formatted(
                                    id,
                                    board.find(id.value())
                                            .map(ended -> "one that ended: " + ended.outcome())
                                            .orElse("one that it does not")));
        }
        String said = "It was asked to end, and is recorded as cancelled.";
        if (mark(request, key, "cancel", id.value(), "") && !parts.controls().cancel(id)) {
            said = "It ended before it could be cancelled.";
        }
        accepted(response, key, said);
    }

    /// One at a time, so that each gets a number of its own.
    private synchronized void rerun(
            ServerRequest request, ServerResponse response, String key, ExperimentId id) {
        List<Mark> known = board.marks(mark -> mark.key().equals(key));
        if (!known.isEmpty()) {
            accepted(response, key, saidOfRerun(known.getFirst().text()));
            return;
        }
        if (board.find(id.value()).isEmpty()) {
            throw new Problem(
                    Status.CONFLICT_409,
                    "experiment %s: expected one with a result, got one without".formatted(id));
        }
        if (!parts.controls().canRerun()) {
            throw new Problem(
                    Status.CONFLICT_409,
                    "experiment %s: this process measures nothing now: 'aiv1 export %s DIR' and 'aiv1 evaluate DIR' measure it again"
                            .formatted(id, id));
        }
        int earlier =
                board.marks(
                                mark ->
                                        mark.action().equals(Mark.RERUN)
                                                && mark.target().equals(id.value()))
                        .size();
        ExperimentId again = made("rerun-%d.%s".formatted(earlier + 1, id), ExperimentId::new);
        if (mark(request, key, Mark.RERUN, id.value(), again.value())) {
            parts.controls().rerun(id, again);
        }
        accepted(response, key, saidOfRerun(again.value()));
    }

    private static String saidOfRerun(String again) {
        return "It is measured again as %s when the campaign is over.".formatted(again);
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
        String key = key(request);
        mark(request, key, "note", id.value(), text);
        accepted(response, key, "Noted.");
    }

    private ExperimentId known(String text) {
        ExperimentId id = made(text, ExperimentId::new);
        if (board.slim(id.value()).isEmpty()) {
            throw Problem.notFound("experiment " + id + ": not in this home");
        }
        return id;
    }

    private static String key(ServerRequest request) {
        String key = request.headers().value(KEY).orElseGet(() -> UUID.randomUUID().toString());
        if (!KEY_FORM.matcher(key).matches()) {
            throw Problem.badRequest(
                    "Idempotency-Key: expected 1 to 100 of letters, digits and . _ : -");
        }
        return key;
    }

    /// False when the key was recorded before.
    private boolean mark(
            ServerRequest request, String key, String action, String target, String text) {
        return board.mark(
                new Mark(Instant.now(), action, target, request.remotePeer().host(), text, key));
    }

    /// `said` is a sentence for whoever asked.
    private static void accepted(ServerResponse response, String key, String said) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("action_id", key);
        answer.put("said", said);
        response.status(Status.ACCEPTED_202)
                .header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"))
                .send(Json.line(answer));
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
