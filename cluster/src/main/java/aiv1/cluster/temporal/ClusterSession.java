package aiv1.cluster.temporal;

import aiv1.cluster.ClipFile;
import aiv1.cluster.SpotChecks;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.experiment.Provenance;
import io.temporal.worker.WorkerFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A campaign's side of a cluster: looks whether there are workers of its build, decides what
/// becomes of its experiments, and gives the evaluator for them.
public final class ClusterSession implements AutoCloseable {
    private final Connection connection;
    private final WorkerFactory factory;
    private final ClusterEvaluator evaluator;
    private final List<String> workers;

    private ClusterSession(
            Connection connection,
            WorkerFactory factory,
            ClusterEvaluator evaluator,
            List<String> workers) {
        this.connection = connection;
        this.factory = factory;
        this.evaluator = evaluator;
        this.workers = workers;
    }

    /// What a campaign brings along. `provenance` is that of results which no worker made, and
    /// names the build; workers must have `capability`. Orders, results and clips cross by
    /// `artifacts`, which the workers share.
    public record Campaigner(
            Provenance provenance,
            String capability,
            ClipFile clips,
            ArtifactStore artifacts,
            SpotChecks checks,
            InstantSource clock,
            ClusterListener listener) {}

    /// Throws [LabFaultException] that says what is wrong: no server, no namespace, no worker of
    /// this build.
    public static ClusterSession open(ClusterAccess access, Campaigner campaigner)
            throws InterruptedException {
        return open(access, campaigner, ClusterTimes.USUAL);
    }

    static ClusterSession open(ClusterAccess access, Campaigner campaigner, ClusterTimes times)
            throws InterruptedException {
        String build = campaigner.provenance().build();
        Connection connection = new Connection(access, "campaign, build " + build);
        WorkerFactory factory = WorkerFactory.newInstance(connection.client());
        try {
            ClusterPreflight.requireNamespace(connection);
            factory.newWorker(Queues.deciding(build))
                    .registerWorkflowImplementationTypes(MeasuringWorkflow.class);
            factory.start();
            List<String> workers =
                    ClusterPreflight.awaitWorkers(
                            connection,
                            build,
                            campaigner.capability(),
                            times.arrivalWait(),
                            () -> ClusterPreflight.serverSeconds(connection, build));
            boolean isSearchable = Searchable.isOffered(connection);
            if (!isSearchable) {
                campaigner.listener().server(Searchable.advice(access.address()));
            }
            ClusterEvaluator evaluator =
                    new ClusterEvaluator(
                            new Tickets(
                                    connection,
                                    build,
                                    campaigner.capability(),
                                    isSearchable,
                                    times,
                                    campaigner.listener()),
                            new ClipParcels(campaigner.clips(), campaigner.artifacts()),
                            campaigner.artifacts(),
                            campaigner.provenance(),
                            campaigner.clock(),
                            new Trust(campaigner.checks(), campaigner.listener()),
                            campaigner.listener());
            return new ClusterSession(connection, factory, evaluator, workers);
        } catch (RuntimeException | InterruptedException failure) {
            factory.shutdownNow();
            connection.close();
            throw failure;
        }
    }

    public ClusterEvaluator evaluator() {
        return evaluator;
    }

    /// The workers that may carry out its experiments, as they call themselves; there is one at
    /// least.
    public List<String> workers() {
        return workers;
    }

    @Override
    public void close() {
        factory.shutdownNow();
        factory.awaitTermination(1, TimeUnit.SECONDS);
        connection.close();
    }
}
