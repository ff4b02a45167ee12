package aiv1.cli.command;

import aiv1.cli.command.WorkerTargets.Answer;
import aiv1.cli.config.Configuration;
import aiv1.cli.lab.Evaluators;
import aiv1.cluster.WorkerConsole;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// What an operator asks of workers on other machines.
final class OperatorCommands {
    private OperatorCommands() {}

    @Command(
            name = "workers",
            description = "The workers that are found at some addresses, a line each.",
            footer = {"", "Example:", "  aiv1 workers http://workers:8080"})
    static final class WorkersList implements Callable<Integer> {
        @Mixin private GlobalOptions global = new GlobalOptions();
        @Mixin private WorkerTargets targets = new WorkerTargets();

        @Override
        public Integer call() {
            return status(global, targets, WorkersText::table);
        }
    }

    @Command(
            name = "status",
            description = "What workers have and do: build, process, load, disk, experiments.",
            footer = {"", "Example:", "  aiv1 status http://one:8080"})
    static final class Status implements Callable<Integer> {
        @Mixin private GlobalOptions global = new GlobalOptions();
        @Mixin private WorkerTargets targets = new WorkerTargets();

        @Override
        public Integer call() {
            return status(global, targets, WorkersText::details);
        }
    }

    @Command(
            name = "drain",
            description = "Has workers take no more experiments; they finish those that they have.",
            footer = {"", "Example:", "  aiv1 drain http://one:8080"})
    static final class Drain implements Callable<Integer> {
        @Mixin private GlobalOptions global = new GlobalOptions();
        @Mixin private WorkerTargets targets = new WorkerTargets();

        @Override
        public Integer call() {
            Configuration configuration = global.configuration(Map.of());
            WorkerConsole console = new WorkerConsole(Evaluators.access(configuration));
            List<Answer<String>> answers =
                    targets.each(
                            configuration,
                            console,
                            place -> {
                                console.drain(place);
                                return "draining";
                            });
            answers.stream()
                    .filter(answer -> !answer.value().isEmpty())
                    .forEach(answer -> System.out.println(answer.worker() + ": draining"));
            return WorkerTargets.close(answers);
        }
    }

    private static int status(
            GlobalOptions global,
            WorkerTargets targets,
            Function<List<Answer<JsonNode>>, String> text) {
        Configuration configuration = global.configuration(Map.of());
        WorkerConsole console = new WorkerConsole(Evaluators.access(configuration));
        List<Answer<JsonNode>> answers = targets.each(configuration, console, console::status);
        System.out.println(global.isJson() ? WorkersText.statusJson(answers) : text.apply(answers));
        return WorkerTargets.close(answers);
    }
}
