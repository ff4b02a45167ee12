package aiv1.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/// The ledger's tables, as numbered SQL files that bring any older ledger up to date.
///
/// `PRAGMA user_version` is the number of the last file applied, `PRAGMA application_id` marks the
/// database as a ledger of this lab. A file that was released is never edited; a change is a new
/// file.
final class LedgerSchema {
    private static final List<String> MIGRATIONS =
            List.of(
                    "0001-campaigns-proposals-results.sql",
                    "0002-model-calls.sql",
                    "0003-parts-in-c.sql",
                    "0004-marks.sql");

    /// "AiV1" in ASCII.
    private static final int APPLICATION_ID = 0x41695631;

    private LedgerSchema() {}

    static int version() {
        return MIGRATIONS.size();
    }

    /// Applies what is missing; refuses a database that is newer than this build, or no ledger.
    ///
    /// It looks under the write lock, for another process may be making the same ledger.
    static void bringUpToDate(SqliteDatabase database) {
        database.write(
                connection -> {
                    int present = requireOurs(database.file(), connection);
                    for (String migration : MIGRATIONS.subList(present, version())) {
                        SqliteDatabase.execute(connection, script(migration));
                    }
                    if (present < version()) {
                        SqliteDatabase.execute(
                                connection, "PRAGMA application_id = " + APPLICATION_ID);
                        SqliteDatabase.execute(connection, "PRAGMA user_version = " + version());
                    }
                    return version();
                });
    }

    /// The version of the ledger, 0 for an empty database.
    private static int requireOurs(Path file, Connection connection) throws SQLException {
        int application = SqliteDatabase.readPragma(connection, "application_id");
        int version = SqliteDatabase.readPragma(connection, "user_version");
        if (application != APPLICATION_ID && !isEmpty(connection)) {
            throw new StoreException(
                    file.toString(),
                    "a ledger (application_id %08x)".formatted(APPLICATION_ID),
                    "another SQLite database (application_id %08x)".formatted(application));
        }
        if (version < 0 || version > version()) {
            throw new StoreException(
                    file.toString(),
                    "a ledger of version " + version() + " or older",
                    "version " + version + ", written by a newer build");
        }
        return version;
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)")) {
            return row.getBoolean(1);
        }
    }

    private static String script(String name) {
        try (InputStream in =
                Objects.requireNonNull(LedgerSchema.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
