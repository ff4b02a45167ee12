package aiv1.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cluster.local.TemporalProgram;
import aiv1.domain.campaign.Campaign;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One fault after the other, in an order by chance from a seed, while campaigns of simulated
/// experiments go on through a real Temporal server and far stores; prints what each kind cost. The
/// test of the profile `drill`: `-Ddrill.share=0.1` for a tenth of it, `-Ddrill.only=worker_killed`
/// for some kinds, `-Ddrill.seed=N` for another order.
@Tag("drill")
@Timeout(7200)
class DrillTest {
    private static final int ROOM_MILLIS = 500;

    private static final int FULL_DISK_COUNT = 40;

    @TempDir private Path folder;
    private final Random random = new Random(Long.getLong("drill.seed", 8));

    @Test
    void nothing_is_lost_and_nothing_is_recorded_twice_whatever_goes_wrong() throws Exception {
        List<Fault> faults = faults(random);
        Tally tally = new Tally();
        Truth truth;
        int last;
        try (Arena arena = Arena.open(folder)) {
            arena.awaitRecorded(2);
            for (Fault fault : faults) {
                Thread.sleep(random.nextInt(ROOM_MILLIS));
                tally.add(trial(arena, fault, random));
            }
            arena.finish();
            last = arena.begun();
            assertThat(running(arena)).as("experiments that the server still waits for").isZero();
            List<Campaign> campaigns =
                    IntStream.rangeClosed(0, last / DrillProcess.EXPERIMENT_COUNT)
                            .mapToObj(DrillProcess::campaign)
                            .toList();
            truth = Truth.of(arena.stores(false), campaigns, last, folder);
        }
        System.out.print(Tally.head() + tally.rows(truth));
        System.out.printf(
                "%d faults; %d experiments recorded, %d lost, %d doubled, %d begun more than once%n",
                tally.count() - Collections.frequency(faults, Fault.NOTHING),
                truth.recordedCount(),
                truth.lost().size(),
                truth.doubled().size(),
                truth.again().size());
        assertThat(truth.lost()).isEmpty();
        assertThat(truth.doubled()).isEmpty();
        assertThat(truth.recordedCount()).isEqualTo(last + 1);
    }

    /// The home is a tmpfs in a mount namespace of its own, which ends with its process.
    @Test
    void a_disk_that_fills_up_loses_nothing_and_doubles_nothing() throws Exception {
        int count = (int) Math.ceil(FULL_DISK_COUNT * share());
        List<String> line =
                new ArrayList<>(
                        List.of(
                                "unshare",
                                "-rm",
                                "sh",
                                "-c",
                                "mount -t tmpfs -o size=48m none \"$1\" && shift && exec \"$@\"",
                                "sh",
                                Files.createDirectories(folder.resolve("tiny")).toString()));
        line.addAll(
                DrillChild.java(
                        FullDiskProcess.class,
                        folder.resolve("tiny").toString(),
                        folder.toString(),
                        Integer.toString(count),
                        Integer.toString(random.nextInt())));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        List<String> said = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor()).as(String.join("\n", said)).isZero();
        Tally tally = new Tally();
        for (String text : said) {
            String[] words = text.split(" ");
            if (words[0].equals("trial")) {
                tally.add(
                        new Tally.Trial(
                                "disk full",
                                Integer.parseInt(words[1]),
                                Integer.parseInt(words[2]),
                                Double.parseDouble(words[3]),
                                Integer.parseInt(words[4])));
            }
        }
        System.out.print(Tally.head() + tally.rows(Truth.NOTHING));
        System.out.println(said.getLast());
        assertThat(tally.count()).isEqualTo(count);
        assertThat(said).noneMatch(text -> text.startsWith("unexpected"));
        assertThat(said.getLast()).startsWith("truth 0 0 ");
    }

    private static Tally.Trial trial(Arena arena, Fault fault, Random random)
            throws IOException, InterruptedException {
        int before = arena.begun();
        int endedBefore = arena.endCount.get();
        fault.strike(arena, random);
        long over = System.nanoTime();
        arena.awaitRecorded(1);
        Tally.Trial trial =
                new Tally.Trial(
                        fault.label(),
                        Math.max(0, before - DrillProcess.SIDE_BY_SIDE + 1),
                        arena.begun(),
                        (System.nanoTime() - over) / 1e9,
                        arena.endCount.get() - endedBefore);
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f s, experiments %d to %d%s%n",
                trial.fault(),
                trial.seconds(),
                trial.first(),
                trial.last(),
                trial.endCount() == 0
                        ? ""
                        : ", ended " + trial.endCount() + " times: " + arena.lastLines());
        return trial;
    }

    private static List<Fault> faults(Random random) {
        String only = System.getProperty("drill.only", "").toUpperCase(Locale.ROOT);
        List<Fault> all = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            if (only.isBlank() || Arrays.asList(only.split(",", -1)).contains(fault.name())) {
                int count = (int) Math.ceil(fault.count * share());
                all.addAll(Collections.nCopies(count, fault));
            }
        }
        Collections.shuffle(all, random);
        return all;
    }

    private static double share() {
        return Double.parseDouble(System.getProperty("drill.share", "1"));
    }

    /// Workflows that are not over, as the server's own program counts them.
    private static int running(Arena arena) throws IOException, InterruptedException {
        Process list =
                new ProcessBuilder(
                                TemporalProgram.find(System.getenv()).orElseThrow().toString(),
                                "workflow",
                                "count",
                                "--address",
                                "127.0.0.1:" + arena.cluster.address().port(),
                                "--namespace",
                                arena.cluster.address().namespace(),
                                "--query",
                                "ExecutionStatus='Running'")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(list.waitFor()).as(said).isZero();
        return Integer.parseInt(said.replaceAll("[^0-9]", ""));
    }
}
