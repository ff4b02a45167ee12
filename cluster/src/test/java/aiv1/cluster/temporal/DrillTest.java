package aiv1.cluster.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cluster.local.LocalCluster;
import aiv1.cluster.local.TemporalProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills one process after the other as kill -9 does, by chance from a seed, while a campaign goes
/// on; prints what that cost. The test of the profile `drill`; `-Ddrill.faults=N` for more or fewer
/// than 36.
@Tag("drill")
@Timeout(3600)
class DrillTest {
    private static final long SEED = 23;
    private static final int WORKER_COUNT = 2;
    private static final long LOOK_NANOS = 20_000_000;

    /// Experiments that are recorded between two faults.
    private static final int CALM_COUNT = 3;

    @TempDir private Path folder;
    private final List<Process> campaigns = new ArrayList<>();
    private final List<LocalCluster> clusters = new ArrayList<>();

    /// Who is killed.
    private enum Fault {
        WORKER,
        CAMPAIGN,
        SERVER
    }

    /// What it cost, in seconds until each lane of the campaign had recorded two more results: what
    /// it had under way, and one that was begun after.
    private static final class Tally {
        private final List<Double> recoverySeconds = new ArrayList<>();
        private int lost;

        private String row(Fault fault) {
            Collections.sort(recoverySeconds);
            return String.format(
                    Locale.ROOT,
                    "%-9s %5d  %4d  %14.1f  %11.1f",
                    fault.name().toLowerCase(Locale.ROOT),
                    recoverySeconds.size(),
                    lost,
                    recoverySeconds.get(recoverySeconds.size() / 2),
                    recoverySeconds.getLast());
        }
    }

    @AfterEach
    void stop() {
        campaigns.forEach(process -> process.destroyForcibly().onExit().join());
        clusters.forEach(LocalCluster::close);
    }

    @Test
    void nothing_is_lost_and_nothing_is_recorded_twice_whoever_is_killed() throws Exception {
        Files.createDirectories(folder.resolve("ledger"));
        LocalCluster cluster =
                LocalCluster.start(
                        TemporalProgram.find(System.getenv()).orElseThrow(),
                        folder.resolve("server"),
                        0,
                        (process, isResult, text) -> {});
        clusters.add(cluster);
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        for (int i = 0; i < WORKER_COUNT; i++) {
            cluster.startWorker("worker-" + i, command("worker", cluster));
        }
        startCampaign(cluster);
        Map<Fault, Tally> tallies = new EnumMap<>(Fault.class);
        Random random = new Random(SEED);
        int count = Integer.getInteger("drill.faults", 36);
        for (int i = 0; i < count; i++) {
            awaitRecords(recorded().size() + CALM_COUNT);
            Fault fault = Fault.values()[i % Fault.values().length];
            Tally tally = tallies.computeIfAbsent(fault, any -> new Tally());
            LockSupport.parkNanos(random.nextLong(1_000_000_000));
            Set<String> before = recorded();
            kill(fault, cluster, random);
            long killed = System.nanoTime();
            if (fault == Fault.CAMPAIGN) {
                startCampaign(cluster);
            }
            awaitLanes(before);
            tally.recoverySeconds.add((System.nanoTime() - killed) / 1e9);
            Set<String> gone = new HashSet<>(before);
            gone.removeAll(recorded());
            tally.lost += gone.size();
        }
        Files.writeString(folder.resolve("stop"), "");
        assertThat(campaigns.getLast().waitFor()).isZero();
        print(tallies);
        assertThat(tallies.values()).allMatch(tally -> tally.lost == 0);
        assertThat(lines("doubled")).isEmpty();
        assertThat(gaps()).isEmpty();
    }

    private void print(Map<Fault, Tally> tallies) throws IOException {
        List<String> begun = lines("begun");
        System.out.println("killed    times  lost  recovery: median s  longest s");
        tallies.forEach((fault, tally) -> System.out.println(tally.row(fault)));
        System.out.printf(
                "%d experiments recorded, %d recorded twice, %d begun more than once%n",
                recorded().size(),
                lines("doubled").size(),
                begun.size() - new HashSet<>(begun).size());
    }

    /// Experiments that a lane went past without a record.
    private List<String> gaps() throws IOException {
        Set<String> recorded = recorded();
        int[] last = new int[DrillProcess.SIDE_BY_SIDE];
        for (String id : recorded) {
            int number = Integer.parseInt(id.substring(2));
            int lane = number % last.length;
            last[lane] = Math.max(last[lane], number);
        }
        List<String> gaps = new ArrayList<>();
        for (int lane = 0; lane < last.length; lane++) {
            for (int i = lane; i <= last[lane]; i += last.length) {
                String id = "d-%05d".formatted(i);
                if (!recorded.contains(id)) {
                    gaps.add(id);
                }
            }
        }
        return gaps;
    }

    private void kill(Fault fault, LocalCluster cluster, Random random) {
        long process =
                switch (fault) {
                    case WORKER -> {
                        List<Long> alive = cluster.workerProcesses();
                        yield alive.get(random.nextInt(alive.size()));
                    }
                    case CAMPAIGN -> campaigns.getLast().pid();
                    case SERVER -> cluster.serverProcess().orElseThrow();
                };
        ProcessHandle.of(process)
                .ifPresent(
                        one -> {
                            one.destroyForcibly();
                            one.onExit().join();
                        });
    }

    private void startCampaign(LocalCluster cluster) throws IOException {
        campaigns.add(
                new ProcessBuilder(command("campaign", cluster))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(folder.resolve("campaign.log").toFile())
                        .start());
    }

    private List<String> command(String role, LocalCluster cluster) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                DrillProcess.class.getName(),
                role,
                cluster.address().toString(),
                folder.toString());
    }

    private void awaitRecords(int count) throws IOException {
        while (recorded().size() < count) {
            look();
        }
    }

    private void awaitLanes(Set<String> before) throws IOException {
        for (int lane = 0; lane < DrillProcess.SIDE_BY_SIDE; lane++) {
            while (count(recorded(), lane) < count(before, lane) + 2) {
                look();
            }
        }
    }

    private static long count(Set<String> ids, int lane) {
        return ids.stream()
                .filter(id -> Integer.parseInt(id.substring(2)) % DrillProcess.SIDE_BY_SIDE == lane)
                .count();
    }

    private void look() {
        LockSupport.parkNanos(LOOK_NANOS);
        assertThat(campaigns.getLast().isAlive())
                .as(() -> read(folder.resolve("campaign.log")))
                .isTrue();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private Set<String> recorded() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("ledger"))) {
            return new HashSet<>(files.map(file -> file.getFileName().toString()).toList());
        }
    }

    private List<String> lines(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
