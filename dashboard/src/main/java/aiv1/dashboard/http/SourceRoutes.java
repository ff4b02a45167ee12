package aiv1.dashboard.http;

import aiv1.dashboard.DashboardParts;
import aiv1.dashboard.board.Board;
import aiv1.domain.candidate.Part;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.ExperimentId;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The sources of experiments, and what differs between two.
final class SourceRoutes {
    private final DashboardParts parts;
    private final Board board;

    SourceRoutes(DashboardParts parts, Board board) {
        this.parts = parts;
        this.board = board;
    }

    void code(ServerRequest request, ServerResponse response) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode array = answer.putArray("parts");
        of(ExperimentRoutes.id(request))
                .forEach(
                        (name, source) -> {
                            ObjectNode part = array.addObject();
                            part.put("name", name);
                            part.put("text", source);
                            part.put("lines", source.lines().count());
                        });
        Answers.json(request, response, answer);
    }

    void diff(ServerRequest request, ServerResponse response) {
        String id = ExperimentRoutes.id(request);
        String base =
                new Query(request)
                        .value("base", ExperimentId::new)
                        .map(ExperimentId::value)
                        .or(() -> parent(id))
                        .orElseThrow(
                                () ->
                                        Problem.notFound(
                                                "base: expected an experiment, and %s has no parent in this home"
                                                        .formatted(id)));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("base", base);
        answer.set("parts", SourceDiff.of(of(base), of(id)));
        Answers.json(request, response, answer);
    }

    /// By file name, in order.
    Map<String, String> of(String id) {
        Proposal proposal =
                parts.ledger()
                        .findProposal(new ExperimentId(id))
                        .orElseThrow(() -> ExperimentRoutes.unknown(id));
        Map<String, String> sources = new TreeMap<>();
        for (Part part : Part.values()) {
            proposal.candidate()
                    .source(part)
                    .ifPresent(source -> sources.put(part.fileName(), source));
        }
        return sources;
    }

    private Optional<String> parent(String id) {
        return board.proposal(id).stream()
                .flatMap(row -> row.parents().stream())
                .flatMap(parent -> board.firstOf(parent.sha256()).stream())
                .findFirst();
    }
}
