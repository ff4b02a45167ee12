package aiv1.cli.command;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.cli.lab.Build;
import aiv1.cli.lab.ClusterSide;
import aiv1.cli.lab.Probe;
import aiv1.cli.lab.ProviderUnavailableException;
import aiv1.cluster.temporal.ClusterQueue;
import aiv1.domain.LabFaultException;
import aiv1.wire.Json;
import aiv1.worker.http.ProbeServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "queue",
        description =
                "How much there is to do at a cluster for workers of this build: what an autoscaler goes by.",
        footer = {
            "",
            "Example:",
            "  aiv1 queue --cluster temporal://queue:7233/aiv1",
            "",
            "Unfinished are the experiments without a result, waiting or under way: as many slots are of use.",
            "With --every it goes on until Ctrl-C, also while the server is away, and answers /metrics where the setting 'probe' says.",
            "Exit: 0 counted; 69 no such server or namespace."
        })
final class QueueCommand implements Callable<Integer> {
    @Mixin private GlobalOptions global = new GlobalOptions();

    @Option(
            names = "--cluster",
            paramLabel = "URL",
            description = "A Temporal server, temporal://HOST:PORT/NAMESPACE.")
    private @Nullable String cluster;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Counts again and again (default: once).")
    private int everySeconds;

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration =
                global.configuration(
                        cluster == null ? Map.of() : Map.of(Keys.CLUSTER.name(), cluster));
        String url =
                configuration
                        .optional(Keys.CLUSTER)
                        .orElseThrow(
                                () ->
                                        new ConfigurationException(
                                                List.of("cluster: expected a Temporal server")));
        try (ClusterQueue queue = ClusterSide.queue(configuration, url)) {
            if (everySeconds <= 0) {
                System.out.println(line(url, queue.look()));
                return ExitCode.DONE;
            }
            return watch(configuration, url, queue);
        } catch (LabFaultException away) {
            throw new ProviderUnavailableException(String.valueOf(away.getMessage()));
        }
    }

    private int watch(Configuration configuration, String url, ClusterQueue queue)
            throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        try (Interrupts interrupts = Interrupts.install();
                Probe probe = Probe.open(configuration, () -> vitals(url, look(queue)))) {
            interrupts.onFirst(asked::countDown);
            probe.port().ifPresent(port -> System.err.println("aiv1: metrics at port " + port));
            do {
                look(queue).ifPresent(depth -> System.out.println(line(url, depth)));
            } while (!asked.await(everySeconds, TimeUnit.SECONDS));
        }
        return ExitCode.DONE;
    }

    /// Absent while the server is away, which is told.
    private static Optional<ClusterQueue.Depth> look(ClusterQueue queue) {
        try {
            return Optional.of(queue.look());
        } catch (LabFaultException away) {
            System.err.println("aiv1: " + away.getMessage());
            return Optional.empty();
        }
    }

    private String line(String url, ClusterQueue.Depth depth) {
        if (!global.isJson()) {
            return "%d unfinished, of these %d waiting; %d workers"
                    .formatted(depth.unfinishedCount(), depth.waitingCount(), depth.workerCount());
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", Instant.now().toString());
        line.put("cluster", url);
        line.put("build", Build.id());
        line.put("unfinished", depth.unfinishedCount());
        line.put("waiting", depth.waitingCount());
        line.put("workers", depth.workerCount());
        return Json.line(line);
    }

    /// What could not be counted is left out, so that nobody takes workers away for it.
    static ProbeServer.Vitals vitals(String url, Optional<ClusterQueue.Depth> depth) {
        return new ProbeServer.Vitals(
                Map.of(
                        "status",
                        depth.isPresent() ? "counting" : "waiting for the server",
                        "build",
                        Build.id(),
                        "cluster",
                        url),
                depth.map(QueueCommand::measures).orElse(List.of()));
    }

    private static List<ProbeServer.Measure> measures(ClusterQueue.Depth depth) {
        return List.of(
                new ProbeServer.Measure(
                        "aiv1_cluster_experiments_unfinished",
                        "Experiments of this build without a result, waiting or under way.",
                        depth.unfinishedCount()),
                new ProbeServer.Measure(
                        "aiv1_cluster_experiments_waiting",
                        "Experiments that no worker has yet.",
                        depth.waitingCount()),
                new ProbeServer.Measure(
                        "aiv1_cluster_workers",
                        "Workers that looked for work lately.",
                        depth.workerCount()));
    }
}
