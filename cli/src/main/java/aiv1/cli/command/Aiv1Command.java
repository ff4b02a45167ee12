package aiv1.cli.command;

import aiv1.cli.config.ConfigurationException;
import aiv1.cli.lab.ProviderUnavailableException;
import aiv1.domain.LabFaultException;
import aiv1.media.MediaException;
import aiv1.sandbox.SandboxUnavailableException;
import aiv1.wire.JsonFormatException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The program: its commands, and the one place where an exception becomes a message and an exit
/// status.
@Command(
        name = "aiv1",
        description =
                "A laboratory for video codecs: codecs are proposed, run in a sandbox on real video, and measured.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        subcommands = {
            LauncherCommands.Setup.class,
            LauncherCommands.Test.class,
            DoctorCommand.class,
            RunCommand.class,
            EvaluateCommand.class,
            ListCommand.class,
            ShowCommand.class,
            WorkerCommand.class,
            UpCommand.class,
            DownCommand.class,
            QueueCommand.class,
            OperatorCommands.WorkersList.class,
            OperatorCommands.Status.class,
            LogsCommand.class,
            OperatorCommands.Drain.class,
            DashboardCommand.class,
            ReportCommand.class,
            ExportCommand.class,
            VerifyCommand.class,
            ClipCommand.class,
            AnchorCommand.class,
            RdCommand.class,
            FailuresCommand.class,
            PromptCommand.class,
            StoreCommand.class,
            BenchCommand.class,
            AutoComplete.GenerateCompletion.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Start with:",
            "  aiv1 run                 ten experiments on two bundled clips",
            "  aiv1 doctor              what this machine gives",
            "",
            "Shell completion: source <(aiv1 generate-completion)",
            "Exit: 0 done; 1 what was asked about failed; 2 usage or configuration; 69 something is missing;",
            "      70 the lab's own fault; 75 a worker is to be started again; 130 interrupted."
        })
public final class Aiv1Command implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    /// Carries out a command line and gives the exit status.
    public static int execute(String... arguments) {
        return commandLine().execute(LeadingOptions.behindCommand(arguments));
    }

    /// The commands with their options, for whoever checks a command line without carrying it out.
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Aiv1Command());
        commandLine.getSubcommands().values().forEach(Aiv1Command::addHelp);
        commandLine.setExecutionExceptionHandler(
                (thrown, parsed, result) -> {
                    parsed.getErr().flush();
                    return report(thrown, parsed.getErr());
                });
        commandLine.setParameterExceptionHandler(
                (wrong, given) -> {
                    CommandLine at = wrong.getCommandLine();
                    at.getErr().println("aiv1: " + wrong.getMessage());
                    at.getErr()
                            .println(
                                    "aiv1: see '%s --help'"
                                            .formatted(at.getCommandSpec().qualifiedName()));
                    return ExitCode.USAGE;
                });
        return commandLine;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "expected a command");
    }

    private static void addHelp(CommandLine commandLine) {
        CommandSpec command = commandLine.getCommandSpec();
        if (command.findOption("--help") == null
                && !(commandLine.getCommand() instanceof HelpCommand)) {
            command.mixinStandardHelpOptions(true);
        }
        commandLine.getSubcommands().values().forEach(Aiv1Command::addHelp);
    }

    /// Says what happened in one clear message; a stack trace only for what nobody foresaw.
    private static int report(Exception thrown, PrintWriter err) {
        String message = String.valueOf(thrown.getMessage());
        int status =
                switch (thrown) {
                    case ConfigurationException e -> ExitCode.USAGE;
                    case MediaException e -> ExitCode.USAGE;
                    case JsonFormatException e -> ExitCode.USAGE;
                    case SandboxUnavailableException e -> ExitCode.MISSING;
                    case ProviderUnavailableException e -> ExitCode.MISSING;
                    case LabFaultException e -> ExitCode.LAB_FAULT;
                    default -> {
                        thrown.printStackTrace(err);
                        message = thrown.toString();
                        yield ExitCode.LAB_FAULT;
                    }
                };
        message.lines().forEach(line -> err.println("aiv1: " + line));
        err.flush();
        return status;
    }
}
