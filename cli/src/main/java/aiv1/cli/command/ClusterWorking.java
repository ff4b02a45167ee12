package aiv1.cli.command;

import aiv1.cli.config.Keys;
import aiv1.cli.lab.ClusterSide;
import aiv1.cli.lab.Lab;
import aiv1.cli.lab.Probe;
import aiv1.cluster.temporal.ClusterWorker;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.Provenance;
import aiv1.wire.Json;
import aiv1.worker.http.ProbeServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `aiv1 worker --cluster`: takes work from a cluster until it is told to end.
final class ClusterWorking {
    private ClusterWorking() {}

    static int work(
            Lab lab,
            String url,
            Provenance provenance,
            String canary,
            boolean isJsonLog,
            Interrupts interrupts)
            throws InterruptedException {
        lab.waitForStores(what -> System.err.println("aiv1: " + what));
        try (ClusterWorker worker =
                        ClusterSide.work(
                                lab,
                                url,
                                provenance,
                                (id, what) -> log(provenance, isJsonLog, id, what));
                Probe probe =
                        Probe.open(
                                lab.configuration(), () -> vitals(lab, url, provenance, worker))) {
            probe.port()
                    .ifPresent(
                            port -> System.err.println("aiv1: health and metrics at port " + port));
            interrupts.onFirst(
                    () -> {
                        System.err.println(
                                "aiv1: draining: what runs is finished; again ends at once");
                        worker.drain();
                    });
            System.out.printf(
                    "worker %s at %s, build %s, process %d, takes %s%n%s%n",
                    provenance.worker(),
                    url,
                    provenance.build(),
                    ProcessHandle.current().pid(),
                    String.join(", ", ClusterSide.capabilities(lab, provenance)),
                    canary);
            worker.awaitEnd();
            return ExitCode.DONE;
        }
    }

    private static ProbeServer.Vitals vitals(
            Lab lab, String url, Provenance provenance, ClusterWorker worker) {
        return new ProbeServer.Vitals(
                Map.of(
                        "status",
                        worker.isDraining() ? "draining" : "working",
                        "worker",
                        provenance.worker(),
                        "build",
                        provenance.build(),
                        "sandbox_tier",
                        provenance.sandboxTier(),
                        "cluster",
                        url),
                List.of(
                        new ProbeServer.Measure(
                                "aiv1_worker_draining",
                                "1 when it takes no more experiments.",
                                worker.isDraining() ? 1 : 0),
                        new ProbeServer.Measure(
                                "aiv1_worker_slots",
                                "Experiments that run side by side.",
                                lab.configuration().positive(Keys.WORKER_SLOTS)),
                        new ProbeServer.Measure(
                                "aiv1_worker_experiments_running",
                                "Experiments that run now.",
                                worker.runningCount())));
    }

    private static void log(
            Provenance provenance, boolean isJson, ExperimentId experiment, String what) {
        if (!isJson) {
            System.err.println(experiment + ": " + what);
            return;
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", Instant.now().toString());
        line.put("worker", provenance.worker());
        line.put("request_id", experiment.value());
        line.put("event", what);
        System.err.println(Json.line(line));
    }
}
