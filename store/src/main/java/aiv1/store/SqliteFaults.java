package aiv1.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What SQLite's error codes mean to whoever runs the lab.
final class SqliteFaults {
    /// The low byte of an extended code is its primary code.
    private static final int PRIMARY_MASK = 0xff;

    private SqliteFaults() {}

    static StoreException explain(Path file, SQLException fault) {
        String got = String.valueOf(fault.getMessage());
        return new StoreException(file.toString(), expected(primaryCode(fault)), got, fault);
    }

    /// Whether another process held the file.
    static boolean isBusy(StoreException fault) {
        return fault.getCause() instanceof SQLException cause
                && primaryCode(cause) == SQLiteErrorCode.SQLITE_BUSY;
    }

    private static String expected(SQLiteErrorCode code) {
        return switch (code) {
            case SQLITE_FULL -> "room on the disk, or nothing of it is recorded";
            case SQLITE_IOERR -> "a disk that reads and writes, or nothing of it is recorded";
            case SQLITE_READONLY, SQLITE_PERM -> "a file that can be written";
            case SQLITE_CANTOPEN -> "a file that can be opened or made";
            case SQLITE_NOTADB -> "an SQLite database";
            case SQLITE_CORRUPT -> "an undamaged SQLite database";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                    "other processes to leave the file within "
                            + SqliteDatabase.BUSY_WAIT_MAX.toSeconds()
                            + " s";
            default -> "the database to do as told";
        };
    }

    private static SQLiteErrorCode primaryCode(SQLException fault) {
        return fault instanceof SQLiteException known
                ? SQLiteErrorCode.getErrorCode(known.getResultCode().code & PRIMARY_MASK)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
