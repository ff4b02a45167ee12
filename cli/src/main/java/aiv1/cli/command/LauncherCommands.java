package aiv1.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The two commands that the launcher itself carries out, before there is a Java program to run;
/// here they only have their help.
final class LauncherCommands {
    private LauncherCommands() {}

    @Command(
            name = "setup",
            description =
                    "Installs what is missing, or says what is: Maven, bubblewrap, python, ffmpeg.",
            footer = {"", "Example:", "  aiv1 setup --check"})
    static final class Setup implements Callable<Integer> {
        @Option(
                names = "--check",
                description = "Only says what is missing; exit 69 when something is.")
        private boolean isCheckOnly;

        @Override
        public Integer call() {
            return byLauncher(isCheckOnly ? "setup --check" : "setup");
        }
    }

    @Command(
            name = "test",
            description = "Builds and runs every test.",
            footer = {"", "Example:", "  aiv1 test"})
    static final class Test implements Callable<Integer> {
        @Override
        public Integer call() {
            return byLauncher("test");
        }
    }

    private static int byLauncher(String command) {
        System.err.println(
                "aiv1: expected the launcher to carry this out: run './aiv1 " + command + "'");
        return ExitCode.USAGE;
    }
}
