package aiv1.cli.drill;

import aiv1.campaign.CampaignEnd;
import aiv1.campaign.CampaignListener;
import aiv1.campaign.CampaignLoop;
import aiv1.campaign.StopSignal;
import aiv1.cli.lab.Stores;
import aiv1.cli.simulated.SimulatedProposer;
import aiv1.cli.simulated.SimulatedWork;
import aiv1.cluster.SpotChecks;
import aiv1.cluster.temporal.ClipShelf;
import aiv1.cluster.temporal.ClusterAccess;
import aiv1.cluster.temporal.ClusterAddress;
import aiv1.cluster.temporal.ClusterListener;
import aiv1.cluster.temporal.ClusterSession;
import aiv1.cluster.temporal.ClusterWorker;
import aiv1.cluster.temporal.WorkerSide;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.Progress;
import aiv1.store.Patience;
import aiv1.store.PatientArtifacts;
import aiv1.store.PatientLedger;
import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/// What each process of the drill does: `worker`, `campaign`, or one of the far stores. Workers
/// wait instead of measuring; all else is the lab's own: the loop, the cluster, the stores.
final class DrillProcess {
    static final String BUILD = "drill";
    static final String OLD_BUILD = "drill-before";

    /// Campaigns follow each other: a start reads what one has recorded, which must stay short.
    static final int EXPERIMENT_COUNT = 100;

    static final int SIDE_BY_SIDE = 4;
    static final int SLOT_COUNT = 2;
    static final Duration WAIT = Duration.ofMillis(100);
    static final Duration SPREAD = Duration.ofMillis(300);

    /// As `aiv1 run` and `aiv1 worker` have it.
    private static final Patience PATIENCE =
            new Patience(Duration.ofMinutes(10), Duration.ofMillis(500), System.out::println);

    private DrillProcess() {}

    public static void main(String[] arguments) throws Exception {
        ProcessHandle.current()
                .parent()
                .orElseThrow()
                .onExit()
                .thenRun(() -> Runtime.getRuntime().halt(1));
        switch (arguments[0]) {
            case "worker" -> work(arguments);
            case "campaign" -> campaigns(arguments);
            case "ledger" ->
                    ServerRunner.createServerFromCommandLineArgs(
                                    new String[] {
                                        "-dbPath",
                                        arguments[2],
                                        "-disableTelemetry",
                                        "-port",
                                        arguments[1]
                                    })
                            .start();
            case "artifacts" ->
                    org.gaul.s3proxy.Main.main(new String[] {"--properties", arguments[1]});
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    static Campaign campaign(int number) {
        return SimulatedWork.campaign(
                new CampaignId("c-drill-%03d".formatted(number)),
                number,
                EXPERIMENT_COUNT,
                SIDE_BY_SIDE);
    }

    /// Arguments: server, stores, folder for copies, build, name.
    private static void work(String[] arguments) throws InterruptedException {
        String build = arguments[4];
        long process = ProcessHandle.current().pid();
        ArtifactStore artifacts =
                new PatientArtifacts(
                        Stores.parse(arguments[2], Path.of(arguments[3], "copies-" + process))
                                .openArtifacts(),
                        PATIENCE);
        SimulatedWork work =
                new SimulatedWork(
                        artifacts,
                        SimulatedWork.provenance(build, arguments[5]),
                        WAIT,
                        SPREAD,
                        InstantSource.system());
        try (ClusterWorker worker =
                ClusterWorker.start(
                        ClusterAccess.open(ClusterAddress.parse(arguments[1])),
                        new WorkerSide(
                                arguments[5],
                                build,
                                List.of("cpu"),
                                SLOT_COUNT,
                                work,
                                work,
                                artifacts,
                                new Every(),
                                (id, what) ->
                                        System.out.println(
                                                "%s %s: %s".formatted(arguments[5], id, what))),
                        process)) {
            System.out.println("worker " + process);
            worker.awaitEnd();
        }
    }

    /// Arguments: server, stores, folder. Goes on where the last one ended.
    private static void campaigns(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[3]);
        StopSignal stop = new StopSignal();
        Thread.ofPlatform().daemon().start(() -> awaitStop(folder, stop));
        try {
            Stores stores = Stores.parse(arguments[2], folder.resolve("copies-of-campaigns"));
            ArtifactStore artifacts = new PatientArtifacts(stores.openArtifacts(), PATIENCE);
            try (Ledger ledger = new PatientLedger(stores.openLedger(artifacts), PATIENCE);
                    ClusterSession session =
                            ClusterSession.open(
                                    ClusterAccess.open(ClusterAddress.parse(arguments[1])),
                                    new ClusterSession.Campaigner(
                                            SimulatedWork.provenance(BUILD, "none"),
                                            "cpu",
                                            clip -> Path.of("nowhere"),
                                            artifacts,
                                            SpotChecks.NONE,
                                            InstantSource.system(),
                                            ClusterListener.NONE))) {
                for (int number = 0; !stop.isRequested(); number++) {
                    if (Files.exists(folder.resolve("over-" + number))) {
                        continue;
                    }
                    CampaignEnd end =
                            new CampaignLoop(
                                            campaign(number),
                                            new SimulatedProposer(),
                                            session.evaluator(),
                                            ledger,
                                            new Lines(number),
                                            stop)
                                    .run();
                    if (end == CampaignEnd.BUDGET_USED) {
                        Files.writeString(folder.resolve("over-" + number), "");
                    }
                }
            }
        } catch (LabFaultException fault) {
            System.out.println("fault " + fault.getMessage());
            Runtime.getRuntime().halt(70);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void awaitStop(Path folder, StopSignal stop) {
        try {
            while (!Files.exists(folder.resolve("stop"))) {
                Thread.sleep(50);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
        stop.request();
    }

    /// Says which experiment of all is begun.
    private record Lines(int campaign) implements CampaignListener {
        @Override
        public void started(Experiment experiment, int index) {
            System.out.println("started " + (campaign * EXPERIMENT_COUNT + index));
        }

        @Override
        public void finished(ExperimentResult result, boolean isBest) {}

        @Override
        public void noProposal(ExperimentId id, String reason) {}

        @Override
        public void labFault(ExperimentId id, Failure failure) {
            System.out.println(
                    String.format(Locale.ROOT, "lab fault %s %s", id, failure.summary()));
        }

        @Override
        public void report(Progress.Event event) {}
    }

    /// Has every clip.
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
