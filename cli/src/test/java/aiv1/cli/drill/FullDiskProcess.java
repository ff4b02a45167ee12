package aiv1.cli.drill;

import aiv1.campaign.CampaignEnd;
import aiv1.campaign.CampaignLoop;
import aiv1.campaign.StopSignal;
import aiv1.cli.lab.Stores;
import aiv1.cli.simulated.SimulatedProposer;
import aiv1.cli.simulated.SimulatedWork;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A campaign in this process, with its home on a tiny disk that fills up again and again: when it
/// ends because of that, there is room again after a moment, and it is taken up.
///
/// Arguments: a folder on the tiny disk, one elsewhere, how often the disk fills up, the seed.
/// Prints a line for each time, `trial FIRST LAST SECONDS ENDED`, and one with what is there at the
/// end, `truth LOST DOUBLED COUNT`.
final class FullDiskProcess {
    private static final int EXPERIMENT_COUNT = 4000;
    private static final int CALM_COUNT = 5;
    private static final byte[] BLOCK = new byte[4096];

    private final Path home;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final StopSignal stop = new StopSignal();

    private FullDiskProcess(Path home) {
        this.home = home;
    }

    static Campaign campaign() {
        return SimulatedWork.campaign(
                new CampaignId("c-full-disk"), 5, EXPERIMENT_COUNT, DrillProcess.SIDE_BY_SIDE);
    }

    public static void main(String[] arguments) throws Exception {
        FullDiskProcess process = new FullDiskProcess(Path.of(arguments[0]));
        Thread campaign = Thread.ofPlatform().start(process::carryOn);
        process.trials(Integer.parseInt(arguments[2]), new Random(Long.parseLong(arguments[3])));
        process.isOver.set(true);
        process.stop.request();
        campaign.join();
        int last = process.begun.get();
        Truth truth =
                Truth.of(
                        Stores.in(process.home),
                        List.of(campaign().withExperimentCountMax(last + 1)),
                        last,
                        Path.of(arguments[1]));
        System.out.printf(
                "truth %d %d %d%n",
                truth.lost().size(),
                truth.doubled().size() + Math.abs(truth.recordedCount() - last - 1),
                truth.recordedCount());
    }

    private void trials(int count, Random random) throws IOException, InterruptedException {
        Path ballast = home.resolve("ballast");
        awaitBegun(CALM_COUNT);
        for (int i = 0; i < count; i++) {
            int first = begun.get() - DrillProcess.SIDE_BY_SIDE + 1;
            int endsBefore = ends.get();
            fill(ballast);
            awaitEnd(endsBefore);
            Thread.sleep(random.nextInt(200));
            Files.delete(ballast);
            long over = System.nanoTime();
            awaitBegun(begun.get() + DrillProcess.SIDE_BY_SIDE + 1);
            System.out.printf(
                    Locale.ROOT,
                    "trial %d %d %.3f %d%n",
                    Math.max(0, first),
                    begun.get(),
                    (System.nanoTime() - over) / 1e9,
                    ends.get() - endsBefore);
            awaitBegun(begun.get() + random.nextInt(CALM_COUNT));
        }
    }

    /// To the last byte.
    private static void fill(Path ballast) throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(BLOCK);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw full;
            }
        }
    }

    /// The campaign has met the full disk.
    private void awaitEnd(int before) throws InterruptedException {
        while (ends.get() == before) {
            Thread.sleep(5);
        }
    }

    private void awaitBegun(int number) throws InterruptedException {
        while (begun.get() < number) {
            Thread.sleep(5);
        }
    }

    private void carryOn() {
        while (!isOver.get()) {
            try {
                Stores stores = Stores.in(home);
                ArtifactStore artifacts = stores.openArtifacts();
                try (Ledger ledger = stores.openLedger(artifacts)) {
                    SimulatedWork work =
                            new SimulatedWork(
                                    artifacts,
                                    SimulatedWork.provenance(DrillProcess.BUILD, "alone"),
                                    Duration.ofMillis(20),
                                    Duration.ofMillis(30),
                                    InstantSource.system());
                    CampaignEnd end =
                            new CampaignLoop(
                                            campaign(),
                                            new SimulatedProposer(),
                                            work,
                                            ledger,
                                            new Counting(begun),
                                            stop)
                                    .run();
                    if (end == CampaignEnd.BUDGET_USED) {
                        throw new AssertionError("expected more faults before the end");
                    }
                }
            } catch (LabFaultException full) {
                if (!full.getMessage().contains("room")
                        && !full.getMessage().contains("No space left")) {
                    System.out.println("unexpected " + full.getMessage());
                }
                ends.incrementAndGet();
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /// Counts what is begun.
    private static final class Counting extends Truth.Deaf {
        private final AtomicInteger begun;

        Counting(AtomicInteger begun) {
            this.begun = begun;
        }

        @Override
        public void started(Experiment experiment, int index) {
            begun.accumulateAndGet(index, Math::max);
        }
    }
}
