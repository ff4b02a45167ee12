package aiv1.cli.command;

import aiv1.campaign.CampaignEnd;
import aiv1.campaign.CampaignListener;
import aiv1.campaign.CampaignLoop;
import aiv1.campaign.StopSignal;
import aiv1.cli.lab.ProviderUnavailableException;
import aiv1.cli.lab.Stores;
import aiv1.cli.simulated.SimulatedProposer;
import aiv1.cli.simulated.SimulatedWork;
import aiv1.cli.terminal.TextTable;
import aiv1.cluster.SpotChecks;
import aiv1.cluster.local.LocalCluster;
import aiv1.cluster.local.TemporalProgram;
import aiv1.cluster.temporal.ClusterAccess;
import aiv1.cluster.temporal.ClusterListener;
import aiv1.cluster.temporal.ClusterSession;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a cluster adds to the work itself: campaigns through a real Temporal server by one, two and
/// four worker processes, whose experiments wait for a fixed time and burn nothing, so that four
/// workers can be had on any machine. The campaign, its ledger and its artifacts are in this
/// process; its CPU is what one experiment more costs the controller.
final class ClusterBench {
    private static final int EXPERIMENTS_A_WORKER = 12;
    private static final int WARM_UP_COUNT = 2;
    private static final List<Integer> WORKER_COUNTS = List.of(1, 2, 4);

    private final Path folder;
    private final LocalCluster cluster;
    private final Duration work;

    /// One campaign: its wall time, the CPU that controller, server and workers used for it, and
    /// how many bytes ledger, artifacts and server keep of it.
    private record Measured(
            int workers,
            int experiments,
            Duration wall,
            Duration controllerCpu,
            Duration serverCpu,
            Duration workersCpu,
            long ledgerBytes,
            long artifactBytes,
            long serverBytes) {}

    private ClusterBench(Path folder, LocalCluster cluster, Duration work) {
        this.folder = folder;
        this.cluster = cluster;
        this.work = work;
    }

    /// Works in a folder that is gone afterwards; each experiment waits for `work`.
    static String run(Duration work) throws IOException, InterruptedException {
        Path program =
                TemporalProgram.find(System.getenv())
                        .orElseThrow(
                                () ->
                                        new ProviderUnavailableException(
                                                "no Temporal server: run 'aiv1 setup', or set TEMPORAL_BIN to the program 'temporal'"));
        Path folder = Files.createTempDirectory("aiv1-bench-cluster");
        try (LocalCluster cluster =
                LocalCluster.start(
                        program, folder.resolve("server"), 0, (process, isResult, line) -> {})) {
            Thread ending = new Thread(cluster::close);
            Runtime.getRuntime().addShutdownHook(ending);
            String text = new ClusterBench(folder, cluster, work).measure();
            Runtime.getRuntime().removeShutdownHook(ending);
            return text;
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private String measure() throws IOException, InterruptedException {
        List<Measured> all = new ArrayList<>();
        int started = 0;
        for (int workers : WORKER_COUNTS) {
            for (; started < workers; started++) {
                cluster.startWorker("worker-" + started, worker("worker-" + started));
            }
            campaign("warm-up-" + workers, workers, WARM_UP_COUNT * workers);
            all.add(campaign("c-" + workers, workers, EXPERIMENTS_A_WORKER * workers));
        }
        return text(all);
    }

    private List<String> worker(String name) {
        return OwnProgram.command(
                LocalCluster.mark(folder.resolve("server")),
                List.of(
                        "bench",
                        BenchCommand.SIMULATED_WORKER,
                        "--cluster",
                        cluster.address().toString(),
                        "--home",
                        folder.resolve("home").toString(),
                        "--name",
                        name,
                        "--seconds",
                        Long.toString(work.toSeconds())));
    }

    private Measured campaign(String name, int workers, int count)
            throws IOException, InterruptedException {
        Path home = folder.resolve("home");
        Stores stores = Stores.in(home);
        ArtifactStore artifacts = stores.openArtifacts();
        Campaign campaign =
                SimulatedWork.campaign(new CampaignId(name), name.hashCode(), count, workers);
        System.setProperty("org.sqlite.tmpdir", folder.toString());
        long ledgerBefore = bytes(home, "ledger.db");
        long artifactsBefore = bytes(home, "artifacts");
        long serverBefore = bytes(folder, "server");
        Duration controller;
        Duration server;
        Duration workersTook;
        Duration wall;
        try (ClusterSession session =
                        ClusterSession.open(
                                ClusterAccess.open(cluster.address()),
                                new ClusterSession.Campaigner(
                                        SimulatedWork.provenance(
                                                SimulatedWorker.BUILD, "controller"),
                                        SimulatedWorker.CAPABILITY,
                                        clip -> folder.resolve("none"),
                                        artifacts,
                                        SpotChecks.NONE,
                                        InstantSource.system(),
                                        ClusterListener.NONE));
                Ledger ledger = stores.openLedger(artifacts)) {
            CampaignLoop loop =
                    new CampaignLoop(
                            campaign,
                            new SimulatedProposer(),
                            session.evaluator(),
                            ledger,
                            new Strict(),
                            new StopSignal());
            Duration controllerBefore = cpu(List.of(ProcessHandle.current().pid()));
            Duration serverCpuBefore = cpu(cluster.serverProcess().stream().toList());
            Duration workersBefore = cpu(cluster.workerProcesses());
            long startNanos = System.nanoTime();
            if (loop.run() != CampaignEnd.BUDGET_USED) {
                throw new LabFaultException("bench cluster: the campaign was stopped");
            }
            wall = Duration.ofNanos(System.nanoTime() - startNanos);
            controller = cpu(List.of(ProcessHandle.current().pid())).minus(controllerBefore);
            server = cpu(cluster.serverProcess().stream().toList()).minus(serverCpuBefore);
            workersTook = cpu(cluster.workerProcesses()).minus(workersBefore);
        }
        // A ledger that was closed has all in its file.
        return new Measured(
                workers,
                count,
                wall,
                controller,
                server,
                workersTook,
                bytes(home, "ledger.db") - ledgerBefore,
                bytes(home, "artifacts") - artifactsBefore,
                bytes(folder, "server") - serverBefore);
    }

    private static Duration cpu(List<Long> processes) {
        return processes.stream()
                .flatMap(process -> ProcessHandle.of(process).stream())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /// Of all files whose names begin so, with what is below them.
    private static long bytes(Path parent, String prefix) throws IOException {
        long total = 0;
        Files.createDirectories(parent);
        try (Stream<Path> children = Files.list(parent)) {
            for (Path child : children.toList()) {
                if (!child.getFileName().toString().startsWith(prefix)) {
                    continue;
                }
                try (Stream<Path> files = Files.walk(child)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        total += Files.size(file);
                    }
                }
            }
        }
        return total;
    }

    private String text(List<Measured> all) {
        TextTable table =
                new TextTable()
                        .right("workers")
                        .right("experiments")
                        .right("wall s")
                        .right("a minute")
                        .right("ideal")
                        .right("of ideal %")
                        .right("added ms each")
                        .right("controller CPU ms each")
                        .right("server CPU ms each")
                        .right("worker CPU ms each")
                        .right("ledger B each")
                        .right("artifacts B each")
                        .right("server B each");
        for (Measured one : all) {
            double seconds = one.wall().toMillis() / 1000.0;
            double ideal = one.workers() * 60.0 / work.toSeconds();
            double aMinute = one.experiments() * 60 / seconds;
            table.row(
                    Integer.toString(one.workers()),
                    Integer.toString(one.experiments()),
                    decimal("%.1f", seconds),
                    decimal("%.1f", aMinute),
                    decimal("%.1f", ideal),
                    decimal("%.1f", 100 * aMinute / ideal),
                    decimal(
                            "%.0f",
                            1000 * seconds * one.workers() / one.experiments() - work.toMillis()),
                    each(one.controllerCpu(), one),
                    each(one.serverCpu(), one),
                    each(one.workersCpu(), one),
                    Long.toString(one.ledgerBytes() / one.experiments()),
                    Long.toString(one.artifactBytes() / one.experiments()),
                    Long.toString(one.serverBytes() / one.experiments()));
        }
        return "simulated experiments of %d s, which wait and burn nothing; one after the other at each worker, as many side by side as workers%n%s"
                .formatted(work.toSeconds(), table);
    }

    private static String each(Duration cpu, Measured one) {
        return decimal("%.1f", cpu.toMillis() / (double) one.experiments());
    }

    private static String decimal(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /// Nothing may go wrong while it is measured.
    private static final class Strict implements CampaignListener {
        @Override
        public void started(Experiment experiment, int index) {}

        @Override
        public void finished(ExperimentResult result, boolean isBest) {
            if (!result.isMeasured() || result.provenance().attempt() > 1) {
                throw new LabFaultException(
                        "bench cluster: %s: expected it measured at the first attempt"
                                .formatted(result.experiment().id()));
            }
        }

        @Override
        public void noProposal(ExperimentId id, String reason) {}

        @Override
        public void labFault(ExperimentId id, Failure failure) {
            throw new LabFaultException("bench cluster: " + failure.summary());
        }

        @Override
        public void report(Progress.Event event) {}
    }
}
