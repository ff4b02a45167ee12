package aiv1.cli.drill;

import aiv1.cli.lab.Stores;
import aiv1.cluster.local.LocalCluster;
import aiv1.cluster.local.TemporalProgram;
import aiv1.cluster.temporal.ClusterAddress;
import aiv1.store.address.StoreAddress.DynamoDb;
import aiv1.store.address.StoreAddress.S3;
import aiv1.store.dynamo.DynamoSetup;
import aiv1.store.s3.S3Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A lab of many processes on this machine: a Temporal server, two workers and a campaign, a ledger
/// and artifacts far away, and a line between each two that can be given faults.
final class Arena implements AutoCloseable {
    private static final int WORKER_COUNT = 2;
    private static final int PATIENCE_SECONDS = 240;

    /// Between two looks.
    private static final long LOOK_NANOS = 10_000_000;

    final Path folder;
    final LocalCluster cluster;
    final FarStore ledger;
    final FarStore artifacts;
    final FaultyLink campaignLine;
    final FaultyLink workerLine;
    final AtomicInteger endCount = new AtomicInteger();
    final List<String> workerLines = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger begun = new AtomicInteger();
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final List<DrillChild> campaigns = new ArrayList<>();

    private Arena(Path folder, LocalCluster cluster, FarStore ledger, FarStore artifacts) {
        this.folder = folder;
        this.cluster = cluster;
        this.ledger = ledger;
        this.artifacts = artifacts;
        this.campaignLine = new FaultyLink(cluster.address().port());
        this.workerLine = new FaultyLink(cluster.address().port());
    }

    static Arena open(Path folder) throws IOException, InterruptedException {
        List<Arena> made = new ArrayList<>();
        LocalCluster cluster =
                LocalCluster.start(
                        TemporalProgram.find(System.getenv()).orElseThrow(),
                        folder.resolve("server"),
                        0,
                        (process, isResult, text) ->
                                made.forEach(arena -> arena.workerLines.add(text)));
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        Arena arena =
                new Arena(
                        folder,
                        cluster,
                        FarStore.ledger(folder.resolve("dynamo")),
                        FarStore.artifacts(folder.resolve("s3")));
        made.add(arena);
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local-secret");
        Stores near = arena.stores(false);
        DynamoSetup.create((DynamoDb) near.ledger());
        S3Setup.create((S3) near.artifacts());
        for (int i = 0; i < WORKER_COUNT; i++) {
            cluster.startWorker("w" + i, arena.worker(DrillProcess.BUILD, "w" + i));
        }
        arena.campaigns.add(arena.startCampaign(Map.of()));
        return arena;
    }

    /// Where the lab is kept.
    Stores stores(boolean isByLine) {
        return Stores.parse(storeUrls(isByLine), folder.resolve("copies-of-the-drill"));
    }

    /// The command line of a worker.
    List<String> worker(String build, String name) {
        return DrillChild.command(
                "worker", address(workerLine), storeUrls(true), folder.toString(), build, name);
    }

    /// One more campaign process, which takes up the same campaign.
    DrillChild startCampaign(Map<String, String> environment) {
        return DrillChild.start(
                DrillChild.command(
                        "campaign", address(campaignLine), storeUrls(true), folder.toString()),
                environment,
                this::campaignSaid,
                status -> endCount.incrementAndGet());
    }

    /// The process that carries on the campaign.
    DrillChild campaign() {
        return campaigns.getLast();
    }

    /// From now on it is this one; the one before has been ended.
    void carryOnWith(DrillChild other) {
        campaigns.add(other);
    }

    /// The number of the latest experiment of all that was begun; all those so many before it that
    /// run side by side were recorded then.
    int begun() {
        return begun.get();
    }

    /// Until all that is under way now, and one more, is recorded.
    void awaitRecorded(int more) {
        int wanted = begun() + DrillProcess.SIDE_BY_SIDE + more;
        await("experiment " + wanted, () -> begun() >= wanted);
    }

    void await(String what, BooleanSupplier condition) {
        if (!awaitUpTo(PATIENCE_SECONDS, condition)) {
            throw new AssertionError(
                    "expected %s within %d s, began %d, last lines: %s"
                            .formatted(what, PATIENCE_SECONDS, begun(), lastLines()));
        }
    }

    boolean awaitUpTo(int seconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    /// What workers said since there were `from` lines.
    List<String> workerLinesSince(int from) {
        synchronized (workerLines) {
            return List.copyOf(workerLines.subList(from, workerLines.size()));
        }
    }

    /// Lets what runs be recorded, and ends the campaign.
    void finish() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("stop"), "");
        campaign().awaitEnd();
    }

    @Override
    public void close() {
        campaigns.forEach(DrillChild::close);
        cluster.close();
        ledger.close();
        artifacts.close();
        campaignLine.close();
        workerLine.close();
    }

    List<String> lastLines() {
        synchronized (log) {
            return List.copyOf(log.subList(Math.max(0, log.size() - 8), log.size()));
        }
    }

    private void campaignSaid(String line) {
        if (line.startsWith("started ")) {
            int number = Integer.parseInt(line.substring("started ".length()));
            begun.accumulateAndGet(number, Math::max);
        } else {
            log.add(line);
        }
    }

    private String address(FaultyLink line) {
        return new ClusterAddress("127.0.0.1", line.port(), cluster.address().namespace())
                .toString();
    }

    private String storeUrls(boolean isByLine) {
        return ledger.url(isByLine) + "," + artifacts.url(isByLine);
    }
}
