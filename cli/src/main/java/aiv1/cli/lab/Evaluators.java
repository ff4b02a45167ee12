package aiv1.cli.lab;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.cluster.Preflight;
import aiv1.cluster.RemoteEvaluator;
import aiv1.cluster.WorkerAccess;
import aiv1.cluster.WorkerSource;
import aiv1.cluster.WorkerTroubleException;
import aiv1.cluster.Workers;
import aiv1.cluster.WorkersListener;
import aiv1.domain.experiment.Evaluator;
import aiv1.worker.CanaryCodec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who carries out experiments: this process, or the workers that the settings name. What cannot
/// measure a codec whose numbers are known is refused before anything is paid for.
public final class Evaluators implements AutoCloseable {
    public static final String IN_PROCESS = "in-process";

    private final Lab lab;
    private final WorkersListener listener;
    private Optional<Workers> workers = Optional.empty();

    public Evaluators(Lab lab, WorkersListener listener) {
        this.lab = lab;
        this.listener = listener;
    }

    /// Evaluator and a line about the preflight.
    public record Opened(Evaluator evaluator, String preflight) {}

    /// Throws [ProviderUnavailableException] that names each worker which cannot be used, with the
    /// cause and what to do.
    public Opened open() {
        List<WorkerSource> sources = sources(lab.configuration());
        if (sources.isEmpty()) {
            String line = CanaryCodec.require(lab.sandbox());
            return new Opened(lab.evaluator(IN_PROCESS), line);
        }
        Workers opened = new Workers(sources, access(lab.configuration()), Build.id(), listener);
        workers = Optional.of(opened);
        List<WorkerTroubleException> troubles = opened.preflight();
        if (!troubles.isEmpty()) {
            throw new ProviderUnavailableException(
                    String.join("\n", troubles.stream().map(Throwable::getMessage).toList()));
        }
        opened.start();
        return new Opened(
                new RemoteEvaluator(
                        opened,
                        lab.clips()::file,
                        lab.artifacts(),
                        lab.remoteProvenance(),
                        InstantSource.system()),
                "%d workers, %d experiments side by side, canary codec right on each"
                        .formatted(opened.count(), opened.slotCount()));
    }

    /// What stands for and against the workers of these sources, step by step.
    public static List<Preflight.Finding> examine(
            Configuration configuration, List<WorkerSource> sources) {
        Preflight preflight = new Preflight(access(configuration), Build.id());
        return sources.stream().flatMap(source -> preflight.examine(source).stream()).toList();
    }

    /// Throws [ConfigurationException] for what is no address.
    public static List<WorkerSource> sources(Configuration configuration) {
        return sources("workers", configuration.names(Keys.WORKERS));
    }

    /// `where` is where the words were given.
    public static List<WorkerSource> sources(String where, List<String> words) {
        List<WorkerSource> sources = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String word : words) {
            try {
                sources.add(WorkerSource.parse(word));
            } catch (IllegalArgumentException wrong) {
                problems.add(where + ": " + wrong.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return sources;
    }

    public static WorkerAccess access(Configuration configuration) {
        return new WorkerAccess(configuration.optional(Keys.WORKER_TOKEN), Optional.empty());
    }

    @Override
    public void close() {
        workers.ifPresent(Workers::close);
    }
}
