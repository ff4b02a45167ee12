package aiv1.dashboard.http;

import aiv1.dashboard.DashboardParts;
import aiv1.dashboard.board.Board;
import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.LedgerView;
import aiv1.domain.campaign.Mark;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.rd.Psnr;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `GET /api/experiments/{id}` and what lies below it.
final class ExperimentRoutes {
    private static final int CHILD_COUNT_MAX = 100;

    /// What a file's name in a header is better without: a clip may be called anything.
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");

    private final DashboardParts parts;
    private final Board board;
    private final SourceRoutes sources;
    private final Timeline timeline;

    ExperimentRoutes(DashboardParts parts, Board board, SourceRoutes sources) {
        this.parts = parts;
        this.board = board;
        this.sources = sources;
        this.timeline = new Timeline(board);
    }

    /// The recorded document with what surrounds it; without the document for one that has no
    /// result yet.
    void experiment(ServerRequest request, ServerResponse response) {
        String id = id(request);
        ObjectNode slim = board.slim(id).orElseThrow(() -> unknown(id));
        ObjectNode answer = document(id);
        LedgerView.ProposalRow proposal = board.proposal(id).orElseThrow();
        answer.set("slim", slim);
        answer.put("rationale", text(proposal.rationale()));
        proposal.campaign()
                .flatMap(parts.ledger()::findCampaign)
                .ifPresent(
                        campaign -> {
                            ObjectNode object = answer.putObject("campaign");
                            object.put("campaign_id", campaign.id().value());
                            object.put("goal", campaign.goal());
                            campaign.anchors().forEach(object.putArray("anchors")::add);
                        });
        answer.set("timeline", timeline.lines(slim, answer));
        relatives(answer, proposal);
        answer.set("files", files(answer));
        reruns(answer, id);
        ArrayNode notes = answer.putArray("notes");
        board.marks(mark -> mark.action().equals("note") && mark.target().equals(id))
                .forEach(
                        mark -> {
                            ObjectNode note = notes.addObject();
                            note.put("at", mark.at().toString());
                            note.put("text", mark.text());
                        });
        Answers.json(request, response, answer);
    }

    /// The recorded one; for an experiment without a result, one with its id alone.
    private ObjectNode document(String id) {
        return board.find(id).isPresent()
                ? (ObjectNode) Curves.document(parts.view(), id)
                : JsonNodeFactory.instance.objectNode().put("experiment_id", id);
    }

    private void reruns(ObjectNode answer, String id) {
        board.rerunOf(id)
                .ifPresent(
                        first ->
                                answer.set(
                                        "rerun",
                                        Rerun.compare(
                                                first,
                                                Curves.document(parts.view(), first),
                                                Optional.<JsonNode>of(answer)
                                                        .filter(
                                                                any ->
                                                                        board.find(id)
                                                                                .isPresent()))));
        ArrayNode again = answer.putArray("reruns");
        board.marks(mark -> mark.action().equals(Mark.RERUN) && mark.target().equals(id))
                .forEach(mark -> again.add(mark.text()));
    }

    void frames(ServerRequest request, ServerResponse response) {
        Query query = new Query(request);
        JsonNode document = Curves.document(parts.view(), id(request));
        String clip =
                query.text("clip").orElse(document.path("clips").path(0).path("name").asString());
        long quality = query.number("quality", 0, 100);
        JsonNode run =
                document.path("runs")
                        .valueStream()
                        .filter(one -> one.path("clip").asString().equals(clip))
                        .filter(one -> one.path("quality").intValue() == quality)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        Problem.notFound(
                                                "clip %s, quality %d: no such run"
                                                        .formatted(clip, quality)));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("clip", clip);
        answer.put("quality", quality);
        ArrayNode frames = answer.putArray("frames");
        if (!run.path("frames_sha256").isString()) {
            answer.put("reason", "this run was not measured: " + run.path("outcome").asString());
        } else {
            text(new ArtifactId(run.path("frames_sha256").asString()))
                    .lines()
                    .skip(1)
                    .forEach(line -> frame(frames.addObject(), line));
        }
        Answers.json(request, response, answer);
    }

    private static void frame(ObjectNode frame, String line) {
        String[] cells = line.split(",", -1);
        double y = Double.parseDouble(cells[4]);
        double u = Double.parseDouble(cells[5]);
        double v = Double.parseDouble(cells[6]);
        frame.put("index", Integer.parseInt(cells[0]));
        frame.put("psnr_y_db", y);
        frame.put("psnr_u_db", u);
        frame.put("psnr_v_db", v);
        frame.put("psnr_yuv_db", Psnr.weighted1411(y, u, v));
        frame.put("ssim_y", Double.parseDouble(cells[7]));
    }

    void log(ServerRequest request, ServerResponse response) {
        String id = id(request);
        ObjectNode slim = board.slim(id).orElseThrow(() -> unknown(id));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("lines", timeline.lines(slim, document(id)));
        Answers.json(request, response, answer);
    }

    /// `GET /api/experiments/{id}/artifacts/{sha256}`: bytes that its document names, as a file to
    /// save.
    void artifact(ServerRequest request, ServerResponse response) {
        String id = id(request);
        if (board.slim(id).isEmpty()) {
            throw unknown(id);
        }
        ArtifactId wanted = new Query(request).path("sha256", ArtifactId::new);
        JsonNode file =
                files(document(id))
                        .valueStream()
                        .filter(one -> one.path("sha256").asString().equals(wanted.sha256()))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        Problem.notFound(
                                                "artifact %s: not one of experiment %s"
                                                        .formatted(wanted.sha256(), id)));
        response.header(
                HeaderValues.create(
                        HeaderNames.CONTENT_DISPOSITION,
                        "attachment; filename=\"%s\""
                                .formatted(
                                        UNSAFE.matcher(file.path("name").asString())
                                                .replaceAll("_"))));
        Answers.immutable(
                request, response, "application/octet-stream", wanted.sha256(), bytes(wanted));
    }

    static String id(ServerRequest request) {
        return new Query(request).path("id", ExperimentId::new).value();
    }

    static Problem unknown(String id) {
        return Problem.notFound("experiment " + id + ": not in this home");
    }

    private byte[] bytes(ArtifactId id) {
        try {
            return parts.artifacts()
                    .find(id)
                    .orElseThrow(
                            () ->
                                    Problem.notFound(
                                            "artifact %s: recorded, but not in the store"
                                                    .formatted(id.sha256())));
        } catch (LabFaultException damaged) {
            throw Problem.notFound(String.valueOf(damaged.getMessage()));
        }
    }

    private String text(ArtifactId id) {
        return new String(bytes(id), StandardCharsets.UTF_8);
    }

    private void relatives(ObjectNode answer, LedgerView.ProposalRow row) {
        ArrayNode parents = answer.putArray("parents");
        row.parents()
                .forEach(
                        parent ->
                                board.firstOf(parent.sha256())
                                        .flatMap(board::slim)
                                        .ifPresent(parents::add));
        ArrayNode children = answer.putArray("children");
        board.childrenOf(row.candidate().sha256(), CHILD_COUNT_MAX).stream()
                .flatMap(id -> board.slim(id).stream())
                .forEach(children::add);
    }

    /// What was proposed and what a document names, with names to save it by.
    private ArrayNode files(JsonNode document) {
        ArrayNode files = JsonNodeFactory.instance.arrayNode();
        String id = document.path("experiment_id").asString();
        sources.of(id).forEach((name, source) -> add(files, id, name, utf8(source)));
        board.proposal(id)
                .ifPresent(row -> add(files, id, "rationale.md", row.rationale().sha256()));
        add(files, id, "build.bin", document.path("build").path("archive_sha256"))
                .ifPresent(file -> bytes(file, document.path("build").path("archive_bytes")));
        add(files, id, "failure.txt", document.path("failure").path("trace_sha256"));
        for (JsonNode run : document.path("runs")) {
            String name =
                    "%s.q%d".formatted(run.path("clip").asString(), run.path("quality").intValue());
            add(files, id, name + ".bin", run.path("bitstream_sha256"))
                    .ifPresent(file -> bytes(file, run.path("stream_bytes")));
            add(files, id, name + ".csv", run.path("frames_sha256"));
            add(files, id, name + ".txt", run.path("failure").path("trace_sha256"));
        }
        return files;
    }

    private static void bytes(ObjectNode file, JsonNode count) {
        if (count.isNumber()) {
            file.set("bytes", count);
        }
    }

    private static Optional<ObjectNode> add(
            ArrayNode files, String id, String name, JsonNode sha256) {
        return sha256.isString()
                ? Optional.of(add(files, id, name, sha256.asString()))
                : Optional.empty();
    }

    private static void add(ArrayNode files, String id, String name, byte[] source) {
        add(files, id, name, ArtifactId.of(source).sha256()).put("bytes", source.length);
    }

    private static ObjectNode add(ArrayNode files, String id, String name, String sha256) {
        ObjectNode file = files.addObject();
        file.put("name", name);
        file.putNull("bytes");
        file.put("sha256", sha256);
        file.put("href", "/api/experiments/%s/artifacts/%s".formatted(id, sha256));
        return file;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
