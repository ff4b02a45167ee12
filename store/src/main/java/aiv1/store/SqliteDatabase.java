package aiv1.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;

/// One SQLite file and one connection to it, shared by all threads under a lock.
///
/// Durability: write-ahead log with `synchronous=FULL`, so a commit returns only when the log is on
/// the disk; it survives `kill -9` and power loss. A write takes the file's write lock at its start
/// (`BEGIN IMMEDIATE`) and waits up to [#BUSY_WAIT_MAX] for other processes, so no write fails half
/// way for want of the lock.
final class SqliteDatabase implements AutoCloseable {
    static final Duration BUSY_WAIT_MAX = Duration.ofSeconds(60);

    private static final int LOG_ATTEMPT_COUNT_MAX = 100;

    private final Path file;
    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();

    /// What is done with the connection.
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private SqliteDatabase(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /// Opens `file`, which is made with its folder when it is not there.
    static SqliteDatabase open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        } catch (IOException refused) {
            throw new StoreException(
                    file.toString(), "a folder that can be written", refused.toString(), refused);
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(BUSY_WAIT_MAX.toMillis()));
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        Connection connection;
        try {
            connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
        } catch (SQLException refused) {
            throw SqliteFaults.explain(file, refused);
        }
        SqliteDatabase database = new SqliteDatabase(file, connection);
        try {
            database.useWriteAheadLog();
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
        return database;
    }

    Path file() {
        return file;
    }

    <T> T read(Work<T> work) {
        lock.lock();
        try {
            return work.on(connection);
        } catch (SQLException refused) {
            throw SqliteFaults.explain(file, refused);
        } finally {
            lock.unlock();
        }
    }

    /// Does `work` as one transaction: all of it is on the disk when this returns, or none of it is
    /// recorded and this throws.
    <T> T write(Work<T> work) {
        return read(
                held -> {
                    execute(held, "BEGIN IMMEDIATE");
                    boolean committed = false;
                    try {
                        T result = work.on(held);
                        execute(held, "COMMIT");
                        committed = true;
                        return result;
                    } finally {
                        if (!committed) {
                            rollBack(held);
                        }
                    }
                });
    }

    @Override
    public void close() {
        read(
                held -> {
                    held.close();
                    return true;
                });
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /// The whole number that a pragma gives.
    static int readPragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.getInt(1);
        }
    }

    private static void rollBack(Connection connection) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException nothingToDo) {
            return; // SQLite has rolled back by itself, as it does after a full disk
        }
    }

    /// Switching to the log is the one step in which SQLite does not wait for other processes; so
    /// when it is refused, an empty write waits for them instead, and it is tried again.
    private void useWriteAheadLog() {
        String mode = "";
        for (int attempt = 1; mode.isEmpty(); attempt++) {
            try {
                mode = read(held -> readText(held, "PRAGMA journal_mode=WAL"));
            } catch (StoreException refused) {
                if (!SqliteFaults.isBusy(refused) || attempt == LOG_ATTEMPT_COUNT_MAX) {
                    throw refused;
                }
                write(held -> true);
            }
        }
        if (!mode.equals("wal")) {
            throw new StoreException(
                    file.toString(),
                    "a file system that allows a write-ahead log",
                    "journal mode " + mode);
        }
    }

    private static String readText(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getString(1);
        }
    }
}
