package aiv1.dashboard.http;

import aiv1.dashboard.DashboardParts;
import aiv1.dashboard.board.Board;
import aiv1.dashboard.board.Entry;
import aiv1.dashboard.board.Listing;
import aiv1.dashboard.board.Selection;
import aiv1.domain.experiment.CampaignId;
import aiv1.wire.Json;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The leaderboard, and who comes from whom.
final class RankRoutes {
    private static final int ROW_COUNT_MAX = 500;
    private static final int NODE_COUNT_MAX = 5000;
    private static final int TITLED_COUNT_MAX = 500;
    private static final int RATES_COUNT_MAX = 4 * ROW_COUNT_MAX;

    private final Board board;
    private final Listing listing;
    private final KeptAnswers kept;
    private final Latest<Rates> rates;
    private final Latest<String> untitled;

    /// The BD-rates of one experiment, by kind of rate.
    private record Rates(ArrayNode total, ArrayNode stream) {}

    RankRoutes(DashboardParts parts, Board board, Listing listing, KeptAnswers kept) {
        this.board = board;
        this.listing = listing;
        this.kept = kept;
        this.rates = new Latest<>(RATES_COUNT_MAX, id -> rates(parts, id));
        this.untitled =
                new Latest<>(2 * NODE_COUNT_MAX, id -> node(board.find(id).orElseThrow(), false));
    }

    private static Rates rates(DashboardParts parts, String id) {
        Rates read =
                new Rates(
                        JsonNodeFactory.instance.arrayNode(), JsonNodeFactory.instance.arrayNode());
        JsonNode document = Curves.document(parts.view(), id);
        ChartRoutes.bdRows(read.total(), document, "total");
        ChartRoutes.bdRows(read.stream(), document, "stream");
        return read;
    }

    /// One row for each candidate that has a place, best first.
    void leaderboard(ServerRequest request, ServerResponse response) {
        Query query = new Query(request);
        Optional<String> campaign = query.value("campaign", CampaignId::new).map(CampaignId::value);
        boolean isTotal = !query.text("rate").filter("stream"::equals).isPresent();
        int limit = (int) query.number("limit", 100, ROW_COUNT_MAX);
        kept.json(request, response, () -> leaderboard(campaign, isTotal, limit));
    }

    private ObjectNode leaderboard(Optional<String> campaign, boolean isTotal, int limit) {
        Selection.Order order = isTotal ? Selection.Order.BD_TOTAL : Selection.Order.BD_STREAM;
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = answer.putArray("rows");
        Set<String> seen = new HashSet<>();
        for (Entry entry : listing.entries(Selection.all(campaign, order))) {
            if (rows.size() == limit) {
                break;
            }
            if (entry.isPlaced() && !board.isFlagged(entry.id()) && seen.add(entry.candidate())) {
                ObjectNode row = board.slim(entry.id()).orElseThrow();
                row.put("rank", rows.size() + 1);
                Rates own = rates.find(entry.id());
                row.set("bd", isTotal ? own.total() : own.stream());
                rows.add(row);
            }
        }
        return answer;
    }

    void lineage(ServerRequest request, ServerResponse response) {
        Optional<String> campaign =
                new Query(request).value("campaign", CampaignId::new).map(CampaignId::value);
        kept.bytes(request, response, () -> lineage(campaign));
    }

    /// As text: thousands of nodes stay what they were, so each is written once. Ids need no
    /// escape.
    private byte[] lineage(Optional<String> campaign) {
        StringBuilder nodes = new StringBuilder();
        StringBuilder edges = new StringBuilder();
        Map<String, String> byCandidate = new HashMap<>();
        List<Entry> entries = board.entries(campaign);
        List<Entry> shown =
                entries.subList(Math.max(0, entries.size() - NODE_COUNT_MAX), entries.size());
        boolean isTitled = shown.size() <= TITLED_COUNT_MAX;
        for (Entry entry : shown) {
            nodes.append(nodes.isEmpty() ? "" : ",")
                    .append(isTitled ? node(entry, true) : untitled.find(entry.id()));
            for (String parent : entry.parents()) {
                String from = byCandidate.get(parent);
                if (from != null) {
                    edges.append(edges.isEmpty() ? "" : ",")
                            .append("{\"parent\":\"")
                            .append(from)
                            .append("\",\"child\":\"")
                            .append(entry.id())
                            .append("\"}");
                }
            }
            byCandidate.putIfAbsent(entry.candidate(), entry.id());
        }
        return "{\"nodes\":[%s],\"edges\":[%s],\"left_out\":%d}"
                .formatted(nodes, edges, entries.size() - shown.size())
                .getBytes(StandardCharsets.UTF_8);
    }

    private String node(Entry entry, boolean isTitled) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("experiment_id", entry.id());
        entry.index()
                .ifPresentOrElse(index -> node.put("index", index), () -> node.putNull("index"));
        CampaignRoutes.put(node, "percent", entry.total().percent());
        node.put("outcome", entry.outcome());
        node.put("proposer", entry.proposer());
        String title =
                isTitled
                        ? board.slim(entry.id())
                                .map(slim -> slim.path("title").asString())
                                .orElse("")
                        : "";
        node.put("title", title);
        return Json.line(node);
    }
}
