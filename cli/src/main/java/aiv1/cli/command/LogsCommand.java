package aiv1.cli.command;

import aiv1.cli.command.WorkerTargets.Answer;
import aiv1.cli.config.Configuration;
import aiv1.cli.lab.Evaluators;
import aiv1.cli.terminal.Screen;
import aiv1.cluster.WorkerConsole;
import aiv1.wire.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "logs",
        description =
                "The latest lines of workers' logs; the id of an experiment is that of its requests.",
        footer = {
            "",
            "Examples:",
            "  aiv1 logs http://one:8080 --last 50",
            "  aiv1 logs file:workers.txt --id c-20261130-032540.0003 --follow",
        })
final class LogsCommand implements Callable<Integer> {
    /// More than a worker keeps.
    private static final int ALL = 1_000_000;

    private static final int LINE_LENGTH_MAX = 20_000;
    private static final Duration FOLLOW_STEP = Duration.ofSeconds(1);

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
            description = "Only lines of this experiment, of all that a worker keeps.")
    private String id = "";

    @Option(
            names = "--follow",
            description =
                    "Goes on with new lines until Ctrl-C, also of a worker that was away in between.")
    private boolean isFollowing;

    private final Map<String, Set<JsonNode>> shown = new HashMap<>();
    private String troublesTold = "";

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = global.configuration(Map.of());
        WorkerConsole console = new WorkerConsole(Evaluators.access(configuration));
        while (true) {
            List<Answer<List<JsonNode>>> answers =
                    targets.each(configuration, console, place -> console.log(place, ALL));
            answers.forEach(this::show);
            if (!isFollowing) {
                return WorkerTargets.close(answers);
            }
            String troubles = answers.stream().map(Answer::trouble).toList().toString();
            if (!troubles.equals(troublesTold)) {
                WorkerTargets.close(answers);
            }
            troublesTold = troubles;
            Thread.sleep(FOLLOW_STEP);
        }
    }

    /// Those that were not shown at the last look, which cannot be the ones about the looks.
    private void show(Answer<List<JsonNode>> answer) {
        for (List<JsonNode> all : answer.value()) {
            List<JsonNode> lines =
                    all.stream()
                            .filter(line -> id.isEmpty() || text(line, "request_id").equals(id))
                            .filter(line -> !isFollowing || !text(line, "path").equals("/logs"))
                            .toList();
            Set<JsonNode> before = shown.getOrDefault(answer.worker(), Set.of());
            lines.stream()
                    .skip(before.isEmpty() ? Math.max(0, lines.size() - last) : 0)
                    .filter(line -> !before.contains(line))
                    .forEach(line -> System.out.println(line(answer.worker(), line)));
            shown.put(answer.worker(), new HashSet<>(lines));
        }
    }

    private static String text(JsonNode line, String name) {
        return line.path(name).asString("");
    }

    private static String line(String worker, JsonNode line) {
        return Screen.clean(
                "{\"from\":\"%s\",%s".formatted(worker, Json.line(line).substring(1)),
                LINE_LENGTH_MAX);
    }
}
