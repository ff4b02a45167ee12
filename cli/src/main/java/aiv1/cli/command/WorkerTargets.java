package aiv1.cli.command;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.cli.lab.Evaluators;
import aiv1.cluster.Place;
import aiv1.cluster.WorkerConsole;
import aiv1.cluster.WorkerSource;
import aiv1.cluster.WorkerTroubleException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/// The workers that a command is about: those that it names, else those of the settings.
final class WorkerTargets {
    @Parameters(
            paramLabel = "URL",
            arity = "0..*",
            description =
                    "http://NAME:PORT or file:PATH, once for each (default: the setting 'workers').")
    private List<String> words = List.of();

    /// What is done with one worker.
    @FunctionalInterface
    interface Action<T> {
        T apply(Place place) throws WorkerTroubleException;
    }

    /// Of one worker: what came of it, or what kept that away.
    record Answer<T>(String worker, List<T> value, String trouble) {}

    /// Does it with each; whoever is in trouble does not keep the others from it.
    <T> List<Answer<T>> each(Configuration configuration, WorkerConsole console, Action<T> action) {
        List<WorkerSource> sources =
                words.isEmpty()
                        ? Evaluators.sources(configuration)
                        : Evaluators.sources("URL", words);
        if (sources.isEmpty()) {
            throw new ConfigurationException(
                    List.of(
                            "%s: expected the URL of a worker, got none"
                                    .formatted(Keys.WORKERS.name())));
        }
        WorkerSource.Found found = console.look(sources);
        List<Answer<T>> answers = new ArrayList<>();
        for (Place place : found.places()) {
            try {
                answers.add(new Answer<>(place.toString(), List.of(action.apply(place)), ""));
            } catch (WorkerTroubleException trouble) {
                answers.add(
                        new Answer<>(
                                place.toString(), List.of(), String.valueOf(trouble.getMessage())));
            }
        }
        found.troubles()
                .forEach(
                        trouble ->
                                answers.add(
                                        new Answer<>(
                                                "?",
                                                List.of(),
                                                String.valueOf(trouble.getMessage()))));
        return answers;
    }

    /// Tells of trouble on standard error; the exit status.
    static <T> int close(List<Answer<T>> answers) {
        List<String> troubles =
                answers.stream().map(Answer::trouble).filter(text -> !text.isEmpty()).toList();
        troubles.forEach(text -> System.err.println("aiv1: " + text));
        return troubles.isEmpty() ? ExitCode.DONE : ExitCode.MISSING;
    }
}
