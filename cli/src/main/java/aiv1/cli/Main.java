package aiv1.cli;

import aiv1.cli.command.Aiv1Command;
import java.security.Security;

/// Where the program starts.
public final class Main {
    /// So long what a host's name stood for is believed.
    private static final String NAME_SECONDS_MAX = "2";

    private Main() {}

    public static void main(String[] arguments) {
        // A worker that moved is found under its name at the next attempt.
        Security.setProperty("networkaddress.cache.ttl", NAME_SECONDS_MAX);
        Security.setProperty("networkaddress.cache.negative.ttl", NAME_SECONDS_MAX);
        System.exit(Aiv1Command.execute(arguments));
    }
}
