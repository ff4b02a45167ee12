package aiv1.cli.command;

import aiv1.cli.command.WorkerTargets.Answer;
import aiv1.cli.config.Configuration;
import aiv1.cli.lab.Evaluators;
import aiv1.cli.terminal.Screen;
import aiv1.cluster.WorkerConsole;
import aiv1.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
            name = "logs",
            description =
                    "The latest lines of workers' logs; the id of an experiment is that of its requests.",
            footer = {"", "Example:", "  aiv1 logs http://one:8080 --last 50"})
    static final class Logs implements Callable<Integer> {
        @Mixin private GlobalOptions global = new GlobalOptions();
        @Mixin private WorkerTargets targets = new WorkerTargets();

        @Option(
                names = "--last",
                paramLabel = "N",
                defaultValue = "100",
                description = "How many lines of each (default 100).")
        private int last = 100;

        @Option(
                names = "--id",
                paramLabel = "ID",
                defaultValue = "",
                description = "Only lines of this experiment.")
        private String id = "";

        @Override
        public Integer call() {
            Configuration configuration = global.configuration(Map.of());
            WorkerConsole console = new WorkerConsole(Evaluators.access(configuration));
            List<Answer<List<JsonNode>>> answers =
                    targets.each(configuration, console, place -> console.log(place, last));
            for (Answer<List<JsonNode>> answer : answers) {
                answer.value().stream()
                        .flatMap(List::stream)
                        .filter(
                                line ->
                                        id.isEmpty()
                                                || line.path("request_id").asString("").equals(id))
                        .forEach(line -> System.out.println(line(answer.worker(), line)));
            }
            return WorkerTargets.close(answers);
        }

        private static String line(String worker, JsonNode line) {
            return Screen.clean(
                    "{\"from\":\"%s\",%s".formatted(worker, Json.line(line).substring(1)), 1000);
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
