package aiv1.dashboard.board;

import aiv1.domain.campaign.LedgerView;
import aiv1.domain.campaign.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// A recorded experiment as lists show it. `position` is that of its result in the ledger.
///
/// `total` and `stream` are against the first anchor of its campaign. `isPlaced` tells whether it
/// may stand in a ranking.
public record Entry(
        long position,
        String id,
        Optional<String> campaign,
        String candidate,
        List<String> parents,
        String proposer,
        String contract,
        String outcome,
        Optional<Fault> fault,
        int doneRuns,
        int totalRuns,
        Instant startedAt,
        Instant finishedAt,
        OptionalLong decoderBytes,
        Mean total,
        Mean stream,
        boolean isPlaced,
        List<String> clips) {
    static final String MEASURED = "measured";

    private static final int MESSAGE_LENGTH_MAX = 300;

    /// Where and why it failed; `searched` is what a search looks through, in lower case.
    public record Fault(
            String stage,
            String category,
            Optional<String> exception,
            String message,
            Optional<String> part,
            OptionalInt line,
            String searched) {}

    static Entry of(LedgerView.ResultRow row) {
        JsonNode document = LeanDocument.read(row.document(), "result " + row.experiment());
        List<String> clips = names(document.path("clips"));
        List<String> anchors = Mean.anchors(document);
        String anchor = anchors.isEmpty() ? "" : anchors.getFirst();
        boolean isMeasured = text(document, "outcome").equals(MEASURED);
        Mean none = Mean.absent("not measured: " + text(document, "outcome"));
        Mean total = isMeasured ? Mean.of(document, anchor, "total", clips.size()) : none;
        Mean stream = isMeasured ? Mean.of(document, anchor, "stream", clips.size()) : none;
        return new Entry(
                row.position(),
                row.experiment().value(),
                optional(document, "campaign_id"),
                text(document, "candidate_id"),
                document.path("parent_ids").valueStream().map(JsonNode::asString).toList(),
                text(document, "proposer").intern(),
                text(document, "contract").intern(),
                text(document, "outcome").intern(),
                fault(document.path("failure")),
                (int)
                        document.path("runs")
                                .valueStream()
                                .filter(run -> text(run, "outcome").equals(MEASURED))
                                .count(),
                clips.size() * 5,
                Instant.parse(text(document, "started_at")),
                Instant.parse(text(document, "finished_at")),
                document.path("decoder_bytes").isNumber()
                        ? OptionalLong.of(document.path("decoder_bytes").longValue())
                        : OptionalLong.empty(),
                total,
                stream,
                isPlaced(document, total),
                clips);
    }

    public boolean isMeasured() {
        return outcome.equals(MEASURED);
    }

    /// The state as lists sort it: `measured`, `cancelled`, or `failed`.
    public String state() {
        return isMeasured() ? "measured" : outcome.equals("cancelled") ? "cancelled" : "failed";
    }

    /// What ranks, in percent, lower is better; absent for one that has no place.
    public OptionalDouble score() {
        return isPlaced ? total.percent() : OptionalDouble.empty();
    }

    /// Number within the campaign, 0-based; absent for one asked for by hand.
    public OptionalInt index() {
        return index(id, campaign);
    }

    static OptionalInt index(String id, Optional<String> campaign) {
        return campaign.isPresent() && id.startsWith(campaign.get() + ".")
                ? OptionalInt.of(Integer.parseInt(id.substring(campaign.get().length() + 1)))
                : OptionalInt.empty();
    }

    private static boolean isPlaced(JsonNode document, Mean total) {
        if (total.percent().isEmpty() || total.overlap().orElse(0) < Placement.OVERLAP_MIN) {
            return false;
        }
        return document.path("runs")
                .valueStream()
                .flatMap(run -> run.path("labels").valueStream())
                .noneMatch(label -> label.asString().startsWith(Placement.BORROWED));
    }

    private static Optional<Fault> fault(JsonNode failure) {
        if (!failure.isObject()) {
            return Optional.empty();
        }
        String whole = text(failure, "message");
        String message = whole.substring(0, Math.min(MESSAGE_LENGTH_MAX, whole.length())).intern();
        String category = text(failure, "category").intern();
        return Optional.of(
                new Fault(
                        text(failure, "stage").intern(),
                        category,
                        optional(failure, "exception"),
                        message,
                        optional(failure, "part"),
                        failure.path("line").isNumber()
                                ? OptionalInt.of(failure.path("line").intValue())
                                : OptionalInt.empty(),
                        (message + "\n" + category).toLowerCase(Locale.ROOT).intern()));
    }

    private static List<String> names(JsonNode clips) {
        List<String> names = new ArrayList<>();
        for (JsonNode clip : clips) {
            names.add(text(clip, "name").intern());
        }
        return List.copyOf(names);
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asString("");
    }

    private static Optional<String> optional(JsonNode object, String name) {
        return object.path(name).isString()
                ? Optional.of(object.path(name).asString())
                : Optional.empty();
    }
}
