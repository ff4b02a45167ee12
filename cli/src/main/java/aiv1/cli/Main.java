package aiv1.cli;

import aiv1.cli.command.Aiv1Command;
import java.security.Security;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Where the program starts.
public final class Main {
    /// So long what a host's name stood for is believed.
    private static final String NAME_SECONDS_MAX = "2";

    /// What the HTTP library tells of its own starts and stops is of no interest to anybody here.
    /// Held, since loggers that nobody holds forget their level.
    private static final Logger LIBRARY = Logger.getLogger("io.helidon");

    private Main() {}

    public static void main(String[] arguments) {
        LIBRARY.setLevel(Level.WARNING);
        // A worker that moved is found under its name at the next attempt.
        Security.setProperty("networkaddress.cache.ttl", NAME_SECONDS_MAX);
        Security.setProperty("networkaddress.cache.negative.ttl", NAME_SECONDS_MAX);
        System.exit(Aiv1Command.execute(arguments));
    }
}
