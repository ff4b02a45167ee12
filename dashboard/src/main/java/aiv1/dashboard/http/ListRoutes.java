package aiv1.dashboard.http;

import aiv1.dashboard.board.Board;
import aiv1.dashboard.board.Cursor;
import aiv1.dashboard.board.Entry;
import aiv1.dashboard.board.Listing;
import aiv1.dashboard.board.Running;
import aiv1.dashboard.board.Selection;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `GET /api/experiments` and the same as CSV.
final class ListRoutes {
    private static final int LIMIT_MAX = 500;
    private static final int LIMIT_USUAL = 100;
    private static final int CSV_BUFFER_BYTES = 64 << 10;
    private static final String FORMULA = "=+@-\t\r";

    private final Board board;
    private final Listing listing;

    ListRoutes(Board board, Listing listing) {
        this.board = board;
        this.listing = listing;
    }

    /// The states by which a list can be asked for.
    private enum State {
        ALL,
        IN_PROGRESS,
        QUEUED,
        SUCCESSFUL,
        FAILED,
        CANCELLED
    }

    void list(ServerRequest request, ServerResponse response) {
        Query query = new Query(request);
        Selection selection = selection(query);
        State state = query.oneOf("state", State.values(), State.ALL);
        int limit = (int) query.number("limit", LIMIT_USUAL, LIMIT_MAX);
        Optional<Cursor> cursor =
                query.value("cursor", text -> Cursor.parse(text, selection.order()));
        List<Running> running = board.running().stream().filter(selection::passes).toList();
        ObjectNode answer = counts(selection, running);
        ArrayNode experiments = answer.putArray("experiments");
        Optional<Set<String>> fields =
                query.text("fields").map(text -> Set.of(text.split(",", -1)));
        boolean isFirst = cursor.isEmpty();
        if (isFirst && state != State.SUCCESSFUL && state != State.FAILED) {
            running.reversed().stream()
                    .filter(one -> isIn(state, one.state()))
                    .limit(LIMIT_MAX)
                    .forEach(one -> add(experiments, one.id(), fields));
        }
        Optional<String> next = Optional.empty();
        if (state != State.IN_PROGRESS && state != State.QUEUED && limit > 0) {
            Listing.Page page =
                    listing.page(selection, Listing.Tab.valueOf(state.name()), cursor, limit);
            page.entries().forEach(entry -> add(experiments, entry.id(), fields));
            next = page.next();
        }
        answer.put("next", next.orElse(null));
        answer.put("as_of", board.events().last());
        Answers.json(request, response, answer);
    }

    /// `GET /api/experiments.csv`: every recorded one of the selection.
    void csv(ServerRequest request, ServerResponse response) {
        Query query = new Query(request);
        Selection selection = selection(query);
        Listing.Tab tab = query.oneOf("state", Listing.Tab.values(), Listing.Tab.ALL);
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8"));
        response.header(
                HeaderValues.create(
                        HeaderNames.CONTENT_DISPOSITION,
                        "attachment; filename=\"experiments.csv\""));
        try (OutputStream out =
                new BufferedOutputStream(response.outputStream(), CSV_BUFFER_BYTES)) {
            write(
                    out,
                    "experiment_id,campaign_id,candidate_id,proposer,contract,outcome,stage,category,"
                            + "bd_rate_total_percent,bd_rate_stream_percent,decoder_bytes,started_at,finished_at\n");
            Optional<Cursor> cursor = Optional.empty();
            boolean isMore = true;
            while (isMore) {
                Listing.Page page = listing.page(selection, tab, cursor, LIMIT_MAX);
                for (Entry entry : page.entries()) {
                    write(out, row(entry));
                }
                cursor = page.next().map(text -> Cursor.parse(text, selection.order()));
                isMore = cursor.isPresent();
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /// The counts under the names that scripts read, at the top and under `counts`.
    ObjectNode counts(Selection selection, List<Running> running) {
        Listing.Counts recorded = listing.counts(selection);
        long inProgress = running.stream().filter(one -> one.state().equals("in_progress")).count();
        ObjectNode counts = JsonNodeFactory.instance.objectNode();
        counts.put("successful", recorded.successful());
        counts.put("in_progress", inProgress);
        counts.put("failed", recorded.failed());
        counts.put("queued", running.size() - inProgress);
        counts.put("cancelled", recorded.cancelled());
        counts.put(
                "total",
                recorded.successful() + recorded.failed() + recorded.cancelled() + running.size());
        ObjectNode answer = counts.deepCopy();
        answer.set("counts", counts);
        return answer;
    }

    static Selection selection(Query query) {
        return new Selection(
                query.text("campaign"),
                query.text("q"),
                query.text("proposer"),
                query.text("outcome"),
                query.text("contract"),
                query.text("clip"),
                query.flag("starred"),
                query.oneOf("sort", Selection.Order.values(), Selection.Order.NEWEST));
    }

    private static boolean isIn(State state, String of) {
        return state == State.ALL || state.name().toLowerCase(Locale.ROOT).equals(of);
    }

    private void add(ArrayNode experiments, String id, Optional<Set<String>> fields) {
        board.slim(id)
                .ifPresent(
                        slim -> {
                            fields.ifPresent(
                                    wanted -> {
                                        ObjectNode all = slim.deepCopy();
                                        slim.removeAll();
                                        all.properties().stream()
                                                .filter(
                                                        field ->
                                                                wanted.contains(field.getKey())
                                                                        || field.getKey()
                                                                                .equals(
                                                                                        "experiment_id"))
                                                .forEach(
                                                        field ->
                                                                slim.set(
                                                                        field.getKey(),
                                                                        field.getValue()));
                                    });
                            experiments.add(slim);
                        });
    }

    /// Texts of others are quoted, and none of them begins a formula.
    private static String row(Entry entry) {
        return String.join(
                        ",",
                        quoted(entry.id()),
                        quoted(entry.campaign().orElse("")),
                        entry.candidate(),
                        quoted(entry.proposer()),
                        entry.contract(),
                        entry.outcome(),
                        entry.fault().map(Entry.Fault::stage).orElse(""),
                        entry.fault().map(Entry.Fault::category).orElse(""),
                        number(entry.total().percent()),
                        number(entry.stream().percent()),
                        entry.decoderBytes().isPresent()
                                ? Long.toString(entry.decoderBytes().getAsLong())
                                : "",
                        entry.startedAt().toString(),
                        entry.finishedAt().toString())
                + "\n";
    }

    private static String number(java.util.OptionalDouble number) {
        return number.isPresent() ? String.format(Locale.ROOT, "%.4f", number.getAsDouble()) : "";
    }

    private static String quoted(String text) {
        String safe =
                FORMULA.indexOf(text.isEmpty() ? ' ' : text.charAt(0)) >= 0 ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
