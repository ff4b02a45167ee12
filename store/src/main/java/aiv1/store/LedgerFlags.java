package aiv1.store;

import aiv1.domain.campaign.Flag;
import aiv1.domain.campaign.LedgerView;
import aiv1.domain.campaign.LedgerView.MarkRow;
import aiv1.domain.campaign.Mark;
import aiv1.domain.experiment.ExperimentId;
import aiv1.wire.Json;
import aiv1.wire.JsonFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// The flags of a home: marks of its ledger, so that whoever follows the ledger sees them.
/// Thread-safe. The first flag of an experiment counts.
public final class LedgerFlags {
    private static final String BY = "the lab";
    private static final int BATCH_COUNT_MAX = 1000;

    private final LedgerView ledger;
    private final Map<ExperimentId, Flag> flags = new ConcurrentHashMap<>();

    private LedgerFlags(LedgerView ledger) {
        this.ledger = ledger;
    }

    /// Those of `ledger`, and those that an older build kept in `older`, a JSON object a line,
    /// which are recorded in the ledger now. Throws [StoreException] when that file cannot be read.
    public static LedgerFlags open(LedgerView ledger, Path older) {
        LedgerFlags opened = new LedgerFlags(ledger);
        List<MarkRow> rows = ledger.markRows(0, BATCH_COUNT_MAX);
        while (!rows.isEmpty()) {
            rows.stream()
                    .map(MarkRow::mark)
                    .filter(mark -> mark.action().equals(Mark.FLAG))
                    .forEach(opened::keep);
            rows = ledger.markRows(rows.getLast().position(), BATCH_COUNT_MAX);
        }
        opened.takeOver(older);
        return opened;
    }

    public Optional<Flag> find(ExperimentId id) {
        return Optional.ofNullable(flags.get(id));
    }

    public boolean contains(ExperimentId id) {
        return flags.containsKey(id);
    }

    public void append(Flag flag) {
        if (contains(flag.experiment())) {
            return;
        }
        String id = flag.experiment().value();
        String reason = flag.reason();
        Mark mark =
                new Mark(
                        flag.at(),
                        Mark.FLAG,
                        id,
                        BY,
                        reason.substring(0, Math.min(Mark.TEXT_LENGTH_MAX, reason.length())),
                        Mark.FLAG + "." + id);
        ledger.append(mark);
        keep(mark);
    }

    private void keep(Mark mark) {
        ExperimentId id = new ExperimentId(mark.target());
        flags.putIfAbsent(id, new Flag(id, mark.at(), mark.text()));
    }

    private void takeOver(Path older) {
        if (!Files.exists(older)) {
            return;
        }
        try {
            Files.readAllLines(older).forEach(this::takeOver);
        } catch (IOException e) {
            throw new StoreException(
                    older.toString(), "a file of flags", String.valueOf(e.getMessage()), e);
        }
    }

    /// A line that a crash cut short is left out: its flag was not set yet.
    private void takeOver(String line) {
        if (line.isBlank()) {
            return;
        }
        try {
            JsonNode document = Json.parse(line, "flag");
            append(
                    new Flag(
                            new ExperimentId(document.path("experiment_id").asString("")),
                            Instant.parse(document.path("at").asString("")),
                            document.path("reason").asString("")));
        } catch (JsonFormatException | IllegalArgumentException | DateTimeException cut) {
            return;
        }
    }
}
