package aiv1.cli.lab;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.cluster.Demand;
import aiv1.cluster.Preflight;
import aiv1.cluster.RemoteEvaluator;
import aiv1.cluster.RequestListener;
import aiv1.cluster.SpotChecks;
import aiv1.cluster.WorkerAccess;
import aiv1.cluster.WorkerSource;
import aiv1.cluster.WorkerStanding;
import aiv1.cluster.WorkerTroubleException;
import aiv1.cluster.Workers;
import aiv1.cluster.WorkersListener;
import aiv1.cluster.temporal.ClusterListener;
import aiv1.domain.experiment.Evaluator;
import aiv1.sandbox.SandboxUnavailableException;
import aiv1.worker.CanaryCodec;
import aiv1.worker.ResultVerification;
import java.nio.file.Path;
import java.security.SecureRandom;
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
    private final ClusterListener clusterListener;
    private Optional<Workers> workers = Optional.empty();
    private Optional<ClusterSide> cluster = Optional.empty();

    public Evaluators(Lab lab, WorkersListener listener, ClusterListener clusterListener) {
        this.lab = lab;
        this.listener = listener;
        this.clusterListener = clusterListener;
    }

    /// Evaluator and a line about the preflight.
    public record Opened(Evaluator evaluator, String preflight) {}

    /// Throws [ProviderUnavailableException] that names each worker which cannot be used, with the
    /// cause and what to do.
    public Opened open() {
        List<WorkerSource> sources = sources(lab.configuration());
        Optional<String> address = lab.configuration().optional(Keys.CLUSTER);
        if (address.isPresent()) {
            if (!sources.isEmpty()) {
                throw new ConfigurationException(
                        List.of("cluster: expected no workers beside a cluster, got some"));
            }
            SpotChecks checks = checks();
            ClusterSide side = ClusterSide.open(lab, address.get(), checks, clusterListener);
            cluster = Optional.of(side);
            return new Opened(
                    side.evaluator(), "%s; %s".formatted(side.opening(), described(checks, 1)));
        }
        String capability = lab.configuration().text(Keys.CAPABILITY);
        if (sources.isEmpty()) {
            requireHere(capability);
            String line = CanaryCodec.require(lab.sandbox());
            return new Opened(lab.evaluator(IN_PROCESS), line);
        }
        Workers opened =
                new Workers(
                        sources,
                        access(lab.configuration()),
                        new Demand(Build.id(), capability),
                        listener);
        workers = Optional.of(opened);
        List<WorkerTroubleException> troubles = opened.preflight();
        if (!troubles.isEmpty()) {
            throw new ProviderUnavailableException(
                    String.join("\n", troubles.stream().map(Throwable::getMessage).toList()));
        }
        SpotChecks checks = checks();
        opened.start();
        return new Opened(
                new RemoteEvaluator(
                        opened,
                        lab.clips()::file,
                        lab.artifacts(),
                        lab.remoteProvenance(),
                        InstantSource.system(),
                        checks),
                "%d workers, %d experiments side by side, canary codec right on each; %s%s"
                        .formatted(
                                opened.count(),
                                opened.slotCount(),
                                described(checks, opened.count()),
                                opened.lack()
                                        .map(lack -> "; experiments wait: " + lack)
                                        .orElse("")));
    }

    /// How each worker stands just now; empty when this process carries out everything itself.
    public Optional<List<WorkerStanding>> standing() {
        return workers.map(Workers::standing);
    }

    private void requireHere(String capability) {
        if (lab.configuration().names(Keys.WORKER_CAPABILITIES).contains(capability)) {
            return;
        }
        List<String> here = ClusterSide.capabilities(lab, lab.provenance(IN_PROCESS));
        if (!here.contains(capability)) {
            throw new ConfigurationException(
                    List.of(
                            "capability: expected what this machine has (%s), got %s: name workers that have it, or a cluster"
                                    .formatted(String.join(", ", here), capability)));
        }
    }

    private SpotChecks checks() {
        long secret = new SecureRandom().nextLong();
        double share = Double.parseDouble(lab.configuration().text(Keys.SPOT_CHECKS));
        if (share == 0) {
            return SpotChecks.NONE;
        }
        try {
            ResultVerification verification = lab.verification();
            return new SpotChecks(
                    share,
                    secret,
                    Optional.of(
                            result ->
                                    verification.differences(
                                            result, id -> lab.artifacts().find(id).orElseThrow())));
        } catch (SandboxUnavailableException none) {
            return new SpotChecks(share, secret, Optional.empty());
        }
    }

    private static String described(SpotChecks checks, int workerCount) {
        if (checks.share() == 0) {
            return "nothing is measured again";
        }
        String who =
                checks.own().isPresent()
                        ? "here"
                        : workerCount > 1
                                ? "by another worker"
                                : "as soon as there is another worker, for there is no sandbox here";
        return "%s of the results are measured again %s"
                .formatted(Double.toString(checks.share()), who);
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
        RequestListener requests =
                configuration
                        .optional(Keys.REQUEST_LOG)
                        .<RequestListener>map(file -> new RequestJournal(Path.of(file)))
                        .orElse(RequestListener.NONE);
        return new WorkerAccess(
                configuration.optional(Keys.WORKER_TOKEN), TlsFiles.open(configuration), requests);
    }

    @Override
    public void close() {
        workers.ifPresent(Workers::close);
        cluster.ifPresent(ClusterSide::close);
    }
}
