package aiv1.store;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.LedgerView;
import aiv1.domain.campaign.Mark;
import aiv1.domain.candidate.CandidateId;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The ledger's rows as they lie in the SQLite file, by a connection of its own: whoever looks does
/// not make whoever works wait.
public final class SqliteView implements LedgerView {
    private final SqliteDatabase database;

    private SqliteView(SqliteDatabase database) {
        this.database = database;
    }

    /// Opens the ledger in `file`, which is made when it is not there; an older one is brought up
    /// to date. Throws [StoreException] as [SqliteLedger#open] does.
    public static SqliteView open(Path file) {
        SqliteDatabase database = SqliteDatabase.open(file);
        try {
            LedgerSchema.bringUpToDate(database);
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
        return new SqliteView(database);
    }

    /// Counts the commits of other connections, from the log's shared memory.
    @Override
    public long version() {
        return database.read(connection -> SqliteDatabase.readPragma(connection, "data_version"));
    }

    @Override
    public List<ResultRow> resultRows(long position, int countMax) {
        return rows(
                "SELECT position, experiment_id, document FROM result WHERE position > ?"
                        + " ORDER BY position LIMIT ?",
                position,
                countMax,
                row ->
                        new ResultRow(
                                row.getLong(1),
                                new ExperimentId(row.getString(2)),
                                row.getString(3)));
    }

    @Override
    public Optional<ResultRow> findResultRow(ExperimentId experiment) {
        return database.read(
                connection -> {
                    try (PreparedStatement select =
                            connection.prepareStatement(
                                    "SELECT position, document FROM result WHERE experiment_id = ?")) {
                        select.setString(1, experiment.value());
                        try (ResultSet row = select.executeQuery()) {
                            return row.next()
                                    ? Optional.of(
                                            new ResultRow(
                                                    row.getLong(1), experiment, row.getString(2)))
                                    : Optional.empty();
                        }
                    }
                });
    }

    @Override
    public List<ProposalRow> proposalRows(long position, int countMax) {
        return rows(
                "SELECT position, experiment_id, campaign_id, candidate_id, contract, proposer,"
                        + " parent_ids, rationale_sha256 FROM proposal WHERE position > ?"
                        + " ORDER BY position LIMIT ?",
                position,
                countMax,
                row ->
                        new ProposalRow(
                                row.getLong(1),
                                new ExperimentId(row.getString(2)),
                                Optional.ofNullable(row.getString(3)).map(CampaignId::new),
                                new CandidateId(row.getString(4)),
                                row.getString(5),
                                row.getString(6),
                                Arrays.stream(row.getString(7).split(" ", -1))
                                        .filter(id -> !id.isEmpty())
                                        .map(CandidateId::new)
                                        .toList(),
                                new ArtifactId(row.getString(8))));
    }

    @Override
    public List<MarkRow> markRows(long position, int countMax) {
        return rows(
                "SELECT position, at, action, target, made_by, text, mark_key FROM mark WHERE"
                        + " position > ? ORDER BY position LIMIT ?",
                position,
                countMax,
                row ->
                        new MarkRow(
                                row.getLong(1),
                                new Mark(
                                        Instant.parse(row.getString(2)),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getString(5),
                                        row.getString(6),
                                        row.getString(7))));
    }

    @Override
    public boolean append(Mark mark) {
        return database.write(
                connection -> {
                    try (PreparedStatement insert =
                            connection.prepareStatement(
                                    "INSERT INTO mark (mark_key, at, action, target, made_by, text)"
                                            + " SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS"
                                            + " (SELECT 1 FROM mark WHERE mark_key = ?1)")) {
                        insert.setString(1, mark.key());
                        insert.setString(2, Columns.sortable(mark.at()));
                        insert.setString(3, mark.action());
                        insert.setString(4, mark.target());
                        insert.setString(5, mark.by());
                        insert.setString(6, mark.text());
                        return insert.executeUpdate() == 1;
                    }
                });
    }

    @Override
    public void close() {
        database.close();
    }

    /// How one row is read.
    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String sql, long position, int countMax, RowReader<T> reader) {
        return database.read(
                connection -> {
                    try (PreparedStatement select = connection.prepareStatement(sql)) {
                        select.setLong(1, position);
                        select.setInt(2, countMax);
                        List<T> rows = new ArrayList<>();
                        try (ResultSet row = select.executeQuery()) {
                            while (row.next()) {
                                rows.add(reader.read(row));
                            }
                        }
                        return rows;
                    }
                });
    }
}
