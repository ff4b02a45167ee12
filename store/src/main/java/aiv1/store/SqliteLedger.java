package aiv1.store;

import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.wire.CampaignJson;
import aiv1.wire.ExperimentJson;
import aiv1.wire.Json;
import aiv1.wire.JsonFormatException;
import aiv1.wire.ModelCallJson;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The ledger in one SQLite file, beside the artifacts that hold the candidates' source.
///
/// Invariants: a row is written in one transaction and is on the disk when an append returns; the
/// artifacts that it names were there before it; every result has its proposal; no row is ever
/// changed, which triggers in the database enforce against every program. Any number of processes
/// may have the file open. Rows are read under the lock, and turned into values outside it.
public final class SqliteLedger implements Ledger, RecordedProposal.Source {
    private static final String RESULTS =
            "SELECT document, p.* FROM result JOIN proposal p USING (experiment_id) ";

    private final SqliteDatabase database;
    private final ArtifactStore artifacts;

    /// A result as it is stored, with its proposal.
    private record ResultRow(String document, ProposalRow proposal) {}

    private SqliteLedger(SqliteDatabase database, ArtifactStore artifacts) {
        this.database = database;
        this.artifacts = artifacts;
    }

    /// Opens the ledger in `file`, which is made when it is not there. Throws [StoreException] for
    /// a file that is no ledger, or one that a newer build wrote.
    public static SqliteLedger open(Path file, ArtifactStore artifacts) {
        SqliteDatabase database = SqliteDatabase.open(file);
        try {
            LedgerSchema.bringUpToDate(database);
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
        return new SqliteLedger(database, artifacts);
    }

    @Override
    public boolean append(Campaign campaign) {
        String document = Json.line(CampaignJson.write(campaign));
        return database.write(
                connection -> {
                    try (PreparedStatement insert =
                            connection.prepareStatement(
                                    "INSERT INTO campaign (campaign_id, document) SELECT ?, ? WHERE"
                                            + " NOT EXISTS (SELECT 1 FROM campaign WHERE"
                                            + " campaign_id = ?)")) {
                        insert.setString(1, campaign.id().value());
                        insert.setString(2, document);
                        insert.setString(3, campaign.id().value());
                        return insert.executeUpdate() == 1;
                    }
                });
    }

    @Override
    public boolean append(CampaignId campaign, ExperimentId experiment, Proposal proposal) {
        ProposalRow row = ProposalRow.of(experiment, Optional.of(campaign), proposal);
        if (findRow(experiment).isPresent()) {
            return false;
        }
        ProposalRow.putArtifacts(proposal, artifacts);
        return database.write(row::insert);
    }

    /// Records a result, and its proposal with it when that was not recorded before. Throws
    /// [StoreException] when another proposal is recorded under the experiment's id.
    @Override
    public boolean append(ExperimentResult result) {
        Experiment experiment = result.experiment();
        String document = Json.line(ExperimentJson.write(result));
        ProposalRow proposal =
                ProposalRow.of(experiment.id(), experiment.campaign(), experiment.proposal());
        if (findRow(experiment.id()).isEmpty()) {
            ProposalRow.putArtifacts(experiment.proposal(), artifacts);
        }
        return database.write(
                connection -> {
                    if (has(connection, experiment.id())) {
                        return false;
                    }
                    if (!proposal.insert(connection)) {
                        requireEqual(
                                ProposalRow.find(connection, proposal.experiment()).orElseThrow(),
                                proposal);
                    }
                    insert(connection, result, document);
                    return true;
                });
    }

    @Override
    public boolean append(ModelCall call) {
        String document = Json.line(ModelCallJson.write(call));
        return database.write(
                connection -> {
                    try (PreparedStatement insert =
                            connection.prepareStatement(
                                    "INSERT INTO model_call (experiment_id, attempt, campaign_id,"
                                            + " document) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS"
                                            + " (SELECT 1 FROM model_call WHERE experiment_id = ?1"
                                            + " AND attempt = ?2)")) {
                        insert.setString(1, call.experiment().value());
                        insert.setInt(2, call.attempt());
                        insert.setString(3, call.campaign().value());
                        insert.setString(4, document);
                        return insert.executeUpdate() == 1;
                    }
                });
    }

    @Override
    public List<ModelCall> modelCalls(CampaignId campaign) {
        return texts(
                        "SELECT document FROM model_call WHERE campaign_id = ? ORDER BY position",
                        campaign.value())
                .stream()
                .map(
                        document ->
                                understood(
                                        "model call",
                                        () -> ModelCallJson.read(Json.parse(document, where()))))
                .toList();
    }

    @Override
    public Optional<Campaign> findCampaign(CampaignId id) {
        return texts("SELECT document FROM campaign WHERE campaign_id = ?", id.value()).stream()
                .map(this::campaign)
                .findFirst();
    }

    @Override
    public List<Campaign> campaigns() {
        return texts("SELECT document FROM campaign ORDER BY position").stream()
                .map(this::campaign)
                .toList();
    }

    @Override
    public Optional<Proposal> findProposal(ExperimentId id) {
        return findRow(id).map(row -> row.proposal(where(), artifacts));
    }

    @Override
    public Optional<ExperimentResult> find(ExperimentId id) {
        return results("WHERE experiment_id = ?", id.value()).stream().findFirst();
    }

    @Override
    public List<ExperimentResult> results(CampaignId campaign) {
        return results("WHERE result.campaign_id = ? ORDER BY result.position", campaign.value());
    }

    @Override
    public List<ExperimentResult> results() {
        return results("ORDER BY result.position");
    }

    @Override
    public List<RecordedProposal> proposals() {
        return rows("SELECT * FROM proposal ORDER BY position", ProposalRow::read).stream()
                .map(row -> row.recorded(where(), artifacts))
                .toList();
    }

    @Override
    public void close() {
        database.close();
    }

    private String where() {
        return database.file().toString();
    }

    private Optional<ProposalRow> findRow(ExperimentId id) {
        return database.read(connection -> ProposalRow.find(connection, id.value()));
    }

    private void requireEqual(ProposalRow recorded, ProposalRow given) {
        if (!recorded.equals(given)) {
            throw new StoreException(
                    where() + ": result " + given.experiment(),
                    "the proposal that was recorded, " + recorded,
                    given.toString());
        }
    }

    private static boolean has(Connection connection, ExperimentId id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM result WHERE experiment_id = ?")) {
            select.setString(1, id.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void insert(Connection connection, ExperimentResult result, String document)
            throws SQLException {
        Experiment experiment = result.experiment();
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO result (experiment_id, campaign_id, candidate_id, outcome,"
                                + " finished_at, document) VALUES (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, experiment.id().value());
            Columns.setText(insert, 2, experiment.campaign().map(CampaignId::value));
            insert.setString(3, experiment.proposal().candidate().id().sha256());
            insert.setString(4, result.outcomeLabel());
            insert.setString(5, Columns.sortable(result.finishedAt()));
            insert.setString(6, document);
            insert.executeUpdate();
        }
    }

    private List<String> texts(String sql, String... parameters) {
        return rows(sql, row -> row.getString(1), parameters);
    }

    private List<ExperimentResult> results(String condition, String... parameters) {
        return rows(
                        RESULTS + condition,
                        row -> new ResultRow(row.getString("document"), ProposalRow.read(row)),
                        parameters)
                .stream()
                .map(this::result)
                .toList();
    }

    /// How one row is read.
    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String sql, RowReader<T> reader, String... parameters) {
        return database.read(
                connection -> {
                    try (PreparedStatement select = connection.prepareStatement(sql)) {
                        for (int index = 0; index < parameters.length; index++) {
                            select.setString(index + 1, parameters[index]);
                        }
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

    private ExperimentResult result(ResultRow row) {
        Proposal proposal = row.proposal().proposal(where(), artifacts);
        return understood(
                "result " + row.proposal().experiment(),
                () -> ExperimentJson.read(Json.parse(row.document(), where()), proposal));
    }

    private Campaign campaign(String document) {
        return understood("campaign", () -> CampaignJson.read(Json.parse(document, where())));
    }

    private <T> T understood(String what, Supplier<T> value) {
        try {
            return value.get();
        } catch (JsonFormatException refused) {
            throw new StoreException(
                    where() + ": " + what,
                    "a document that this build can read",
                    String.valueOf(refused.getMessage()),
                    refused);
        }
    }
}
