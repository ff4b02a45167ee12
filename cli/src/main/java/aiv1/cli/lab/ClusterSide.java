package aiv1.cli.lab;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.cluster.Preflight;
import aiv1.cluster.SpotChecks;
import aiv1.cluster.temporal.ClusterAccess;
import aiv1.cluster.temporal.ClusterAddress;
import aiv1.cluster.temporal.ClusterExamination;
import aiv1.cluster.temporal.ClusterListener;
import aiv1.cluster.temporal.ClusterQueue;
import aiv1.cluster.temporal.ClusterSession;
import aiv1.cluster.temporal.ClusterWorker;
import aiv1.cluster.temporal.WorkerSide;
import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.Provenance;
import aiv1.worker.LocalEvaluator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is wired only where a cluster is named: its libraries are large, and not loaded otherwise.
public final class ClusterSide implements AutoCloseable {
    private final ClusterAccess access;
    private final ClusterSession session;

    private ClusterSide(ClusterAccess access, ClusterSession session) {
        this.access = access;
        this.session = session;
    }

    /// A campaign's side. Throws [ProviderUnavailableException] that says what is wrong.
    static ClusterSide open(Lab lab, String url, SpotChecks checks, ClusterListener listener) {
        ClusterAccess access = access(lab.configuration(), url);
        try {
            return new ClusterSide(
                    access,
                    ClusterSession.open(
                            access,
                            new ClusterSession.Campaigner(
                                    lab.remoteProvenance(),
                                    lab.configuration().text(Keys.CAPABILITY),
                                    lab.clips()::file,
                                    lab.artifacts(),
                                    checks,
                                    InstantSource.system(),
                                    listener)));
        } catch (LabFaultException wrong) {
            throw new ProviderUnavailableException(String.valueOf(wrong.getMessage()));
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException(List.of(String.valueOf(wrong.getMessage())));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LabFaultException("cluster " + access + ": interrupted", stopped);
        }
    }

    /// A worker's side, which takes work from now on. Throws [ProviderUnavailableException] that
    /// says what is wrong.
    public static ClusterWorker work(
            Lab lab, String url, Provenance provenance, WorkerSide.Log log) {
        try {
            LocalEvaluator evaluator = lab.evaluator(provenance.worker());
            return ClusterWorker.start(
                    access(lab.configuration(), url),
                    new WorkerSide(
                            provenance.worker(),
                            provenance.build(),
                            capabilities(lab, provenance),
                            lab.configuration().positive(Keys.WORKER_SLOTS),
                            evaluator,
                            evaluator,
                            lab.artifacts(),
                            new LibraryShelf(
                                    lab.clips(),
                                    (long) lab.configuration().positive(Keys.WORKER_CLIP_CACHE)
                                            << 20),
                            log),
                    ProcessHandle.current().pid());
        } catch (LabFaultException wrong) {
            throw new ProviderUnavailableException(String.valueOf(wrong.getMessage()));
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException(List.of(String.valueOf(wrong.getMessage())));
        }
    }

    /// What a campaign with these settings needs of a cluster, step by step.
    public static List<Preflight.Finding> examine(Configuration configuration, String url)
            throws InterruptedException {
        return ClusterExamination.examine(
                access(configuration, url), Build.id(), configuration.text(Keys.CAPABILITY));
    }

    /// How much there is to do at a cluster for workers of this build.
    public static ClusterQueue queue(Configuration configuration, String url) {
        try {
            return new ClusterQueue(
                    access(configuration, url), Build.id(), configuration.text(Keys.CAPABILITY));
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException(List.of(String.valueOf(wrong.getMessage())));
        }
    }

    /// What a worker has, by its settings and its sandbox's tier.
    public static List<String> capabilities(Lab lab, Provenance provenance) {
        List<String> all = new ArrayList<>(lab.configuration().names(Keys.WORKER_CAPABILITIES));
        all.add("tier-" + provenance.sandboxTier().toLowerCase(Locale.ROOT));
        return all.stream().distinct().toList();
    }

    private static ClusterAccess access(Configuration configuration, String url) {
        try {
            ClusterAddress address = ClusterAddress.parse(url);
            return new ClusterAccess(
                    address,
                    address.isEncrypted() ? TlsFiles.open(configuration) : Optional.empty(),
                    configuration.optional(Keys.CLUSTER_KEY));
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException(List.of(String.valueOf(wrong.getMessage())));
        }
    }

    Evaluator evaluator() {
        return session.evaluator();
    }

    String opening() {
        return "right on each of %2$d workers at %1$s: %3$s"
                .formatted(access, session.workers().size(), String.join("; ", session.workers()));
    }

    @Override
    public void close() {
        session.close();
    }
}
