package aiv1.dashboard.http;

import aiv1.dashboard.Controls;
import aiv1.dashboard.DashboardParts;
import aiv1.dashboard.board.Board;
import aiv1.dashboard.board.Entry;
import aiv1.dashboard.board.Listing;
import aiv1.dashboard.board.Running;
import aiv1.dashboard.board.Selection;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.experiment.CampaignId;
import aiv1.wire.CampaignJson;
import aiv1.wire.Json;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Campaigns and the overview of one, or of everything.
final class CampaignRoutes {
    private static final int LATEST_COUNT = 10;
    private static final int BEST_COUNT_MAX = 64;

    private final DashboardParts parts;
    private final Board board;
    private final Listing listing;
    private final ListRoutes lists;
    private final KeptAnswers kept;
    private final Map<String, Course> courses = new ConcurrentHashMap<>();
    private final Latest<List<ObjectNode>> byAnchor;

    CampaignRoutes(
            DashboardParts parts,
            Board board,
            Listing listing,
            ListRoutes lists,
            KeptAnswers kept) {
        this.parts = parts;
        this.board = board;
        this.listing = listing;
        this.lists = lists;
        this.kept = kept;
        this.byAnchor = new Latest<>(BEST_COUNT_MAX, id -> Curves.byAnchor(parts.view(), id));
    }

    void campaigns(ServerRequest request, ServerResponse response) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode array = answer.putArray("campaigns");
        parts.ledger().campaigns().reversed().forEach(one -> array.add(json(one)));
        Answers.json(request, response, answer);
    }

    void campaign(ServerRequest request, ServerResponse response) {
        CampaignId id = new Query(request).path("id", CampaignId::new);
        Answers.json(request, response, json(find(id)));
    }

    Campaign find(CampaignId id) {
        return parts.ledger()
                .findCampaign(id)
                .orElseThrow(() -> Problem.notFound("campaign " + id + ": not in this home"));
    }

    /// `GET /api/overview?campaign=`: of the newest campaign when none is named.
    void overview(ServerRequest request, ServerResponse response) {
        Optional<CampaignId> named = new Query(request).value("campaign", CampaignId::new);
        Optional<Campaign> campaign = named.map(this::find).or(this::latest);
        kept.bytes(
                request,
                response,
                version(campaign),
                () -> Json.line(overview(campaign)).getBytes(StandardCharsets.UTF_8));
    }

    /// What an overview depends on: whatever is told, and who carries the campaign out.
    private String version(Optional<Campaign> campaign) {
        return "%d %d %s"
                .formatted(
                        board.events().last(),
                        board.markCount(),
                        campaign.map(
                                one ->
                                        "%s %s %s"
                                                .formatted(
                                                        one.id(),
                                                        parts.controls().state(one.id()),
                                                        board.processOf(one.id().value()))));
    }

    /// Makes ready what the first overview needs.
    void warm() {
        latest().ifPresent(this::look);
    }

    private Optional<Campaign> latest() {
        return parts.ledger().campaigns().stream().max(Comparator.comparing(Campaign::startedAt));
    }

    private ObjectNode overview(Optional<Campaign> campaign) {
        // What is told from here on may be in it or not: whoever reads on from there misses
        // nothing.
        long asOf = board.events().last();
        Selection selection =
                Selection.all(campaign.map(one -> one.id().value()), Selection.Order.NEWEST);
        List<Running> running = board.running().stream().filter(selection::passes).toList();
        ObjectNode answer = lists.counts(selection, running);
        answer.set(
                "campaign",
                campaign.map(this::json)
                        .map(tools.jackson.databind.JsonNode.class::cast)
                        .orElse(JsonNodeFactory.instance.nullNode()));
        Optional<Entry> best = campaign.flatMap(one -> board.best(one.id().value()));
        best.flatMap(entry -> board.slim(entry.id()))
                .ifPresentOrElse(slim -> answer.set("best", slim), () -> answer.putNull("best"));
        ArrayNode rates = answer.putArray("best_by_anchor");
        best.ifPresent(entry -> byAnchor.find(entry.id()).forEach(rates::add));
        ArrayNode under = answer.putArray("running");
        running.stream()
                .filter(one -> one.since().isPresent())
                .forEach(one -> board.slim(one.id()).ifPresent(under::add));
        ArrayNode latest = answer.putArray("latest");
        listing.page(selection, Listing.Tab.ALL, Optional.empty(), LATEST_COUNT)
                .entries()
                .forEach(entry -> board.slim(entry.id()).ifPresent(latest::add));
        Optional<Course.Seen> course = campaign.map(this::look);
        answer.set(
                "convergence",
                course.map(Course.Seen::points).orElseGet(JsonNodeFactory.instance::arrayNode));
        answer.put("convergence_left_out", course.map(Course.Seen::leftOut).orElse(0));
        completion(answer.putObject("expected_completion"), campaign);
        answer.put("as_of", asOf);
        return answer;
    }

    private Course.Seen look(Campaign campaign) {
        return courses.computeIfAbsent(campaign.id().value(), id -> new Course(board, id)).look();
    }

    static void put(ObjectNode object, String name, OptionalDouble number) {
        if (number.isPresent()) {
            object.put(name, number.getAsDouble());
        } else {
            object.putNull(name);
        }
    }

    /// From the mean duration of what a campaign has recorded, whichever program carries it out.
    private void completion(ObjectNode answer, Optional<Campaign> campaign) {
        answer.putNull("time");
        if (campaign.isEmpty()) {
            answer.put("reason", "there is no campaign");
            return;
        }
        Campaign known = campaign.get();
        Course.Seen seen = look(known);
        int left = known.experimentCountMax() - seen.count();
        if (left <= 0) {
            answer.put("reason", "all experiments are recorded");
        } else if (!isUnderWay(known)) {
            answer.put("reason", "nobody is heard of who runs this campaign now");
        } else if (seen.count() == 0) {
            answer.put("reason", "nothing is recorded yet");
        } else {
            Duration rest =
                    seen.spent()
                            .dividedBy(seen.count())
                            .multipliedBy(left)
                            .dividedBy(known.parallelCount());
            answer.put("time", seen.latestEnd().orElseThrow().plus(rest).toString());
            answer.put(
                    "reason",
                    "%d experiments to go, from the mean of %d".formatted(left, seen.count()));
        }
    }

    /// By this process, or by another one that was heard of a moment ago.
    private boolean isUnderWay(Campaign campaign) {
        return switch (parts.controls().state(campaign.id())) {
            case RUNNING -> true;
            case PAUSED, STOPPING -> false;
            case ELSEWHERE -> board.processOf(campaign.id().value()).isPresent();
        };
    }

    private @Nullable String reason(Campaign campaign, Controls.State state) {
        return switch (state) {
            case RUNNING -> null;
            case PAUSED -> "nothing new begins until it is started again";
            case STOPPING ->
                    "ends after what runs; 'aiv1 run --resume %s' goes on then"
                            .formatted(campaign.id());
            case ELSEWHERE ->
                    board.processOf(campaign.id().value())
                            .map(process -> "run by another program, process " + process)
                            .orElse(
                                    "not run by this process: another one may run it, else 'aiv1 run --resume %s' goes on"
                                            .formatted(campaign.id()));
        };
    }

    private ObjectNode json(Campaign campaign) {
        ObjectNode object = CampaignJson.write(campaign);
        String id = campaign.id().value();
        object.put("created_at", campaign.startedAt().toString());
        object.put("experiments_planned", campaign.experimentCountMax());
        Selection selection = Selection.all(Optional.of(id), Selection.Order.NEWEST);
        List<Running> running = board.running().stream().filter(selection::passes).toList();
        ObjectNode counts = lists.counts(selection, running);
        object.set("counts", counts.get("counts"));
        int done = counts.get("successful").intValue() + counts.get("failed").intValue();
        boolean isDone = done >= campaign.experimentCountMax();
        Controls.State state = parts.controls().state(campaign.id());
        object.put(
                "state",
                switch (state) {
                    case RUNNING, PAUSED, STOPPING ->
                            isDone ? "finished" : state.name().toLowerCase(Locale.ROOT);
                    case ELSEWHERE ->
                            isDone
                                    ? "finished"
                                    : board.processOf(id).isPresent() ? "running" : "unknown";
                });
        object.put("reason", isDone ? null : reason(campaign, state));
        board.best(id)
                .flatMap(entry -> board.slim(entry.id()))
                .ifPresentOrElse(slim -> object.set("best", slim), () -> object.putNull("best"));
        return object;
    }
}
