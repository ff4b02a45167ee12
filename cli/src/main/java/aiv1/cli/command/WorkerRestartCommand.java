package aiv1.cli.command;

import aiv1.cli.command.WorkerTargets.Answer;
import aiv1.cli.config.Configuration;
import aiv1.cli.lab.Build;
import aiv1.cli.lab.Evaluators;
import aiv1.cluster.WorkerConsole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "restart",
        description =
                "Has workers finish what they have and start again, one after the other; shows that another process answers, and its build.",
        footer = {
            "",
            "Example:",
            "  aiv1 worker restart http://one:8080",
            "",
            "Exit: 0 each is new and of this build; 1 it is new, but of another build; 69 it did not come back."
        })
final class WorkerRestartCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();
    @Mixin private WorkerTargets targets = new WorkerTargets();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long each may take, with what it has to finish (default 600).")
    private int waitSeconds = 600;

    @Override
    public Integer call() {
        Configuration configuration = global.configuration(Map.of());
        WorkerConsole console = new WorkerConsole(Evaluators.access(configuration));
        List<Answer<WorkerConsole.Restarted>> answers =
                targets.each(
                        configuration,
                        console,
                        place -> console.restart(place, Duration.ofSeconds(waitSeconds)));
        boolean isOurs = true;
        for (Answer<WorkerConsole.Restarted> answer : answers) {
            for (WorkerConsole.Restarted restarted : answer.value()) {
                System.out.println(line(answer.worker(), restarted));
                isOurs &= restarted.after().build().equals(Build.id());
            }
        }
        int status = WorkerTargets.close(answers);
        if (status == ExitCode.DONE && !isOurs) {
            System.err.println("aiv1: expected build %s after the restart".formatted(Build.id()));
            return ExitCode.FAILED;
        }
        return status;
    }

    private static String line(String worker, WorkerConsole.Restarted restarted) {
        return "%s: process %d -> %d, build %s -> %s, started %s -> %s"
                .formatted(
                        worker,
                        restarted.before().processId(),
                        restarted.after().processId(),
                        restarted.before().build(),
                        restarted.after().build(),
                        restarted.before().startedAt(),
                        restarted.after().startedAt());
    }
}
