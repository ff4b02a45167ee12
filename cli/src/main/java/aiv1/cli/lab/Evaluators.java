package aiv1.cli.lab;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.cluster.RemoteEvaluator;
import aiv1.cluster.WorkerTroubleException;
import aiv1.cluster.Workers;
import aiv1.cluster.WorkersListener;
import aiv1.domain.experiment.Evaluator;
import aiv1.worker.CanaryCodec;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
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
        List<URI> addresses = addresses(lab.configuration());
        if (addresses.isEmpty()) {
            String line = CanaryCodec.require(lab.sandbox());
            return new Opened(lab.evaluator(IN_PROCESS), line);
        }
        Workers opened = workers(addresses);
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
                        lab.provenance("none"),
                        InstantSource.system()),
                "%d workers, %d experiments side by side, canary codec right on each"
                        .formatted(addresses.size(), opened.slotCount()));
    }

    /// What stands against the workers at these addresses.
    public List<WorkerTroubleException> troubles(List<URI> addresses) {
        return workers(addresses).preflight();
    }

    /// Throws [ConfigurationException] for what is no address.
    public static List<URI> addresses(Configuration configuration) {
        List<URI> addresses = new ArrayList<>();
        for (String word :
                configuration
                        .optional(Keys.WORKERS)
                        .map(text -> Arrays.asList(text.split(",", -1)))
                        .orElse(List.of())) {
            addresses.add(address(word.strip()));
        }
        return addresses;
    }

    private static URI address(String word) {
        String plain = word.endsWith("/") ? word.substring(0, word.length() - 1) : word;
        try {
            URI address = URI.create(plain);
            if (address.getHost() != null
                    && address.getPath().isEmpty()
                    && List.of("http", "https").contains(address.getScheme())) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below.
        }
        throw new ConfigurationException(
                List.of(
                        "workers: expected http://NAME:PORT or https://NAME:PORT, got '%s'"
                                .formatted(word)));
    }

    private Workers workers(List<URI> addresses) {
        Workers opened =
                new Workers(
                        addresses,
                        lab.configuration().optional(Keys.WORKER_TOKEN),
                        Build.id(),
                        listener);
        workers = Optional.of(opened);
        return opened;
    }

    @Override
    public void close() {
        workers.ifPresent(Workers::close);
    }
}
