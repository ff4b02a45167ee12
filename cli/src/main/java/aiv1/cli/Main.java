package aiv1.cli;

import aiv1.cli.command.Aiv1Command;

/// Where the program starts.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Aiv1Command.execute(arguments));
    }
}
