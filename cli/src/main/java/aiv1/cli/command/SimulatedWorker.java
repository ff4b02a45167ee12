package aiv1.cli.command;

import aiv1.cli.lab.Stores;
import aiv1.cli.simulated.SimulatedWork;
import aiv1.cluster.temporal.ClipShelf;
import aiv1.cluster.temporal.ClusterAccess;
import aiv1.cluster.temporal.ClusterAddress;
import aiv1.cluster.temporal.ClusterWorker;
import aiv1.cluster.temporal.WorkerSide;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.clip.Clip;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// A worker of [ClusterBench], in a process of its own: it waits instead of measuring. No campaign
/// of a real build ever gives work to it.
final class SimulatedWorker {
    static final String BUILD = "simulated";
    static final String CAPABILITY = "cpu";

    private SimulatedWorker() {}

    /// Takes work until the process ends; says so when it begins.
    static void work(String url, Path home, String name, Duration least)
            throws InterruptedException {
        long process = ProcessHandle.current().pid();
        ArtifactStore artifacts = Stores.in(home).openArtifacts();
        SimulatedWork work =
                new SimulatedWork(
                        artifacts,
                        SimulatedWork.provenance(BUILD, name),
                        least,
                        Duration.ZERO,
                        InstantSource.system());
        try (ClusterWorker worker =
                ClusterWorker.start(
                        ClusterAccess.open(ClusterAddress.parse(url)),
                        new WorkerSide(
                                name,
                                BUILD,
                                List.of(CAPABILITY),
                                1,
                                work,
                                work,
                                artifacts,
                                new Every(),
                                (id, what) -> {}),
                        process)) {
            System.out.println("worker " + name);
            worker.awaitEnd();
        }
    }

    /// Has every clip, for none is looked at.
    private static final class Every implements ClipShelf {
        @Override
        public boolean has(Clip clip) {
            return true;
        }

        @Override
        public void take(Clip clip, InputStream file) {
            throw new IllegalStateException("expected no clip, got " + clip.name());
        }
    }
}
