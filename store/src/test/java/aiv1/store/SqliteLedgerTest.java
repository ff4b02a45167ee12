package aiv1.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.campaign.Ledger;
import aiv1.domain.campaign.LedgerView;
import aiv1.domain.experiment.CampaignId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteLedgerTest extends LedgerContract {
    @TempDir private Path home;

    @Override
    protected Ledger open() {
        return SqliteLedger.open(file(), FileArtifactStore.open(home.resolve("artifacts")));
    }

    @Override
    protected LedgerView openView() {
        return SqliteView.open(file());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE campaign SET document = '{}'",
                "UPDATE proposal SET proposer = 'me'",
                "UPDATE result SET outcome = 'measured'",
                "UPDATE model_call SET document = '{}'",
                "DELETE FROM model_call",
                "INSERT OR REPLACE INTO model_call SELECT * FROM model_call",
                "DELETE FROM campaign",
                "DELETE FROM proposal",
                "DELETE FROM result",
                "INSERT OR REPLACE INTO result SELECT * FROM result",
                "INSERT OR REPLACE INTO proposal SELECT * FROM proposal",
                "INSERT OR REPLACE INTO campaign SELECT * FROM campaign",
                "INSERT OR REPLACE INTO campaign SELECT position, 'other', '{}' FROM campaign"
            })
    void no_program_changes_what_was_recorded(String sql) throws SQLException {
        record();
        try (Connection raw = connect()) {
            assertThatThrownBy(() -> execute(raw, sql)).hasMessageContaining("append-only");
        }
        try (Ledger ledger = open()) {
            assertThat(ledger.results()).containsExactly(TestResults.result("spring", 0));
            assertThat(ledger.campaigns()).containsExactly(TestResults.campaign("spring"));
        }
    }

    @Test
    void a_ledger_of_a_newer_build_is_refused() throws SQLException {
        try (Connection raw = connect()) {
            execute(raw, "PRAGMA user_version = 99");
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "%s: expected a ledger of version 4 or older, got version 99, written by a"
                                + " newer build",
                        file());
    }

    @Test
    void another_programs_database_is_refused_and_left_alone() throws SQLException {
        Path other = home.resolve("other.db");
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + other)) {
            execute(raw, "CREATE TABLE songs (title TEXT)");
        }
        assertThatThrownBy(() -> open(other))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("expected a ledger (application_id 41695631), got another");
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + other)) {
            assertThat(text(raw, "SELECT group_concat(name) FROM sqlite_schema"))
                    .isEqualTo("songs");
        }
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_left_alone() throws IOException {
        Path other = Files.writeString(home.resolve("notes.txt"), "notes ".repeat(1000));
        assertThatThrownBy(() -> open(other))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(other.toString())
                .hasMessageContaining("expected an SQLite database, got");
        assertThat(other).hasContent("notes ".repeat(1000));
    }

    @Test
    void a_home_that_cannot_be_written_is_named() throws IOException {
        Path blocked = Files.writeString(home.resolve("blocked"), "a file");
        assertThatThrownBy(() -> open(blocked.resolve("ledger.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(blocked.resolve("ledger.db").toString())
                .hasMessageContaining("expected a folder that can be written");
        assertThatThrownBy(() -> open(home))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(home + ": expected a file that can be opened or made");
    }

    @Test
    void a_row_whose_artifact_is_gone_names_it() throws IOException {
        record();
        String sha256 = aiv1.domain.Sha256.of(TestResults.proposal(0).candidate().encoder());
        Files.delete(home.resolve("artifacts").resolve(sha256.substring(0, 2)).resolve(sha256));
        try (Ledger ledger = open()) {
            assertThatThrownBy(ledger::results)
                    .isInstanceOf(StoreException.class)
                    .hasMessage(
                            "%s: proposal spring.0000: expected artifact %s, got none",
                            file(), sha256);
        }
    }

    @Test
    void a_row_that_cannot_be_read_says_where() throws SQLException {
        record();
        try (Connection raw = connect()) {
            execute(raw, "DROP TRIGGER result_never_updated");
            execute(raw, "UPDATE result SET document = json_set(document, '$.schema', 'other/9')");
        }
        try (Ledger ledger = open()) {
            assertThatThrownBy(() -> ledger.find(new CampaignId("spring").experimentId(0)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(file() + ": result spring.0000: expected a document")
                    .hasMessageContaining("experiment.schema: expected 'experiment/1'")
                    .hasMessageContaining("got \"other/9\"");
        }
    }

    @Test
    void columns_beside_the_document_say_the_same() throws SQLException {
        try (Ledger ledger = open()) {
            for (int index = 0; index < 4; index++) {
                ledger.append(TestResults.result("spring", index));
            }
        }
        try (Connection raw = connect()) {
            assertThat(
                            text(
                                    raw,
                                    "SELECT count(*) FROM result WHERE experiment_id = document ->>"
                                            + " 'experiment_id' AND campaign_id = document ->>"
                                            + " 'campaign_id' AND candidate_id = document ->>"
                                            + " 'candidate_id' AND outcome = document ->>"
                                            + " 'outcome'"))
                    .isEqualTo("4");
            assertThat(text(raw, "SELECT outcome || ' ' || max(finished_at) FROM result"))
                    .isEqualTo("crashed 2026-01-31T12:00:04.000000001Z");
        }
    }

    @Test
    void many_may_open_a_new_ledger_at_once() throws Exception {
        for (int round = 0; round < 10; round++) {
            Path fresh = home.resolve("fresh" + round + ".db");
            try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                List<Future<Ledger>> opened = new ArrayList<>();
                for (int index = 0; index < 8; index++) {
                    opened.add(threads.submit(() -> open(fresh)));
                }
                for (Future<Ledger> ledger : opened) {
                    ledger.get().close();
                }
            }
        }
    }

    // Requirement 19: a commit that returned is on the disk, not in a cache.
    @Test
    void commits_are_forced_to_the_disk() {
        try (SqliteDatabase database = SqliteDatabase.open(file())) {
            int full = 2;
            assertThat(database.<Integer>read(it -> SqliteDatabase.readPragma(it, "synchronous")))
                    .isEqualTo(full);
        }
    }

    // The disk is full: SQLite reports SQLITE_FULL, here by its own limit on the file's pages.
    @Test
    void a_full_disk_records_nothing_and_is_told() {
        try (SqliteDatabase database = SqliteDatabase.open(home.resolve("small.db"))) {
            LedgerSchema.bringUpToDate(database);
            database.read(it -> SqliteDatabase.readPragma(it, "max_page_count = 1"));
            assertThatThrownBy(() -> fill(database))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(home.resolve("small.db").toString())
                    .hasMessageContaining("expected room on the disk")
                    .hasMessageContaining("SQLITE_FULL");
            database.read(it -> SqliteDatabase.readPragma(it, "max_page_count = 100000"));
            assertThat(database.<String>read(it -> text(it, "SELECT count(*) FROM campaign")))
                    .isEqualTo("0");
            fill(database);
            assertThat(database.<String>read(it -> text(it, "SELECT count(*) FROM campaign")))
                    .isEqualTo("1");
        }
    }

    private static void fill(SqliteDatabase database) {
        database.write(
                it -> {
                    SqliteDatabase.execute(
                            it, "INSERT INTO campaign VALUES (1, 'a', hex(zeroblob(100000)))");
                    return true;
                });
    }

    private void record() {
        try (Ledger ledger = open()) {
            ledger.append(TestResults.campaign("spring"));
            ledger.append(TestResults.result("spring", 0));
            ledger.append(TestResults.call(new CampaignId("spring"), 0, 0));
        }
    }

    private Path file() {
        return home.resolve("ledger.db");
    }

    private Ledger open(Path file) {
        return SqliteLedger.open(file, FileArtifactStore.open(home.resolve("artifacts")));
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        SqliteDatabase.execute(connection, sql);
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getString(1);
        }
    }
}
