package aiv1.cli.command;

import aiv1.cli.config.Keys;
import aiv1.cli.lab.Lab;
import aiv1.cli.lab.Page;
import aiv1.cli.terminal.TextTable;
import aiv1.dashboard.Controls;
import aiv1.dashboard.WorkerWatch;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.store.FileArtifactStore;
import aiv1.store.SqliteLedger;
import aiv1.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What the page costs with very many experiments: how long until it answers, its memory, each call
/// of its API, and how late it tells of a result that somebody else recorded.
///
/// Server, clients and whoever records share this process and the machine, over loopback. While
/// calls are timed, two results a second are recorded through a connection of their own, so that
/// what the server keeps of earlier answers gets old, as it does beside a campaign.
final class DashboardBench {
    static final int EXPERIMENT_COUNT = 100_000;

    private static final int CLIENT_COUNT = 4;
    private static final int CALL_COUNT = 200;
    private static final int EVENT_COUNT = 100;
    private static final int DEPTH = 50_000;
    private static final int PAGE_SIZE = 500;
    private static final Duration BETWEEN_RECORDS = Duration.ofMillis(500);

    private final GlobalOptions global;
    private final Path folder;
    private final int experimentCount;
    private int recorded;

    private DashboardBench(GlobalOptions global, Path folder, int experimentCount) {
        this.global = global;
        this.folder = folder;
        this.experimentCount = experimentCount;
    }

    /// Works in `kept`, and fills it when it is not there; without it in a folder that is gone
    /// afterwards.
    static String run(GlobalOptions global, int experimentCount, Optional<Path> kept)
            throws IOException {
        if (kept.isPresent()) {
            return new DashboardBench(global, kept.get(), experimentCount).measure();
        }
        Path folder = Files.createTempDirectory("aiv1-bench-dashboard");
        try {
            return new DashboardBench(global, folder, experimentCount).measure();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private String measure() throws IOException {
        Path file = folder.resolve("ledger.db");
        FileArtifactStore artifacts = FileArtifactStore.open(folder.resolve("artifacts"));
        boolean isFilled = Files.exists(file);
        try (Ledger other = SqliteLedger.open(file, artifacts)) {
            SeededHome home = new SeededHome(other, experimentCount);
            if (!isFilled) {
                System.err.printf("recording %,d made-up experiments%n", experimentCount);
                home.fill();
            }
            System.err.println("asking the page");
            long before = heapBytes();
            long startNanos = System.nanoTime();
            try (Lab lab =
                            new Lab(
                                    global.configurationAt(
                                            folder, Map.of(Keys.PAGE_PORT.name(), "0")));
                    Page page = Page.open(lab, Controls.NONE, WorkerWatch.NONE);
                    PageClients clients = new PageClients(page.url(), CLIENT_COUNT)) {
                recorded =
                        Json.parse(clients.get("api/health"), "health")
                                .path("experiments")
                                .intValue();
                double startMillis = (System.nanoTime() - startNanos) / 1e6;
                long held = heapBytes() - before;
                String head =
                        "%,d experiments, ledger of %,d MB; first answer %,.0f ms after the start, heap held %,d MB%n"
                                .formatted(
                                        experimentCount,
                                        Files.size(file) >> 20,
                                        startMillis,
                                        held >> 20);
                String calls = calls(clients, other, home);
                return head + calls + events(clients, other, home);
            }
        }
    }

    private String calls(PageClients clients, Ledger other, SeededHome home) {
        TextTable table =
                new TextTable()
                        .left("call")
                        .right("bytes")
                        .right("first ms")
                        .right("p50 ms")
                        .right("p99 ms");
        AtomicBoolean isOver = new AtomicBoolean();
        Thread recorder = Thread.ofPlatform().start(() -> record(other, home, isOver));
        try {
            asked(clients)
                    .forEach(
                            (name, path) -> {
                                PageClients.Timed timed = clients.time(path, CALL_COUNT);
                                table.row(
                                        name,
                                        String.format(Locale.ROOT, "%,d", timed.bytes()),
                                        millis(timed.firstNanos()),
                                        millis(timed.nanos(0.5)),
                                        millis(timed.nanos(0.99)));
                            });
        } finally {
            isOver.set(true);
            join(recorder);
        }
        return "%d calls each by %d clients at once, while two results a second are recorded%n%s%n"
                .formatted(CALL_COUNT, CLIENT_COUNT, table);
    }

    /// What is asked, by name; each call a little different where people would ask differently.
    private Map<String, IntFunction<String>> asked(PageClients clients) {
        CampaignId largest = SeededHome.campaigns().getFirst();
        CampaignId other = SeededHome.campaigns().get(1);
        String deep = deepCursor(clients);
        Map<String, IntFunction<String>> calls = new LinkedHashMap<>();
        calls.put("health", i -> "api/health");
        calls.put("overview", i -> "api/overview");
        calls.put("campaigns", i -> "api/campaigns");
        calls.put("experiments, first page", i -> "api/experiments?limit=100");
        calls.put("experiments, page at " + DEPTH, i -> "api/experiments?limit=100&cursor=" + deep);
        calls.put("experiments, by text", i -> "api/experiments?limit=100&q=frame%20" + i % 30);
        calls.put("experiments, by id", i -> "api/experiments?limit=100&q=up-0." + (1000 + i));
        calls.put("experiments, one outcome", i -> "api/experiments?limit=100&outcome=crashed");
        calls.put(
                "experiments, one proposer",
                i -> "api/experiments?limit=100&proposer=openai:made-up");
        calls.put("experiments, one campaign", i -> "api/experiments?limit=100&campaign=" + other);
        calls.put("experiments, failed", i -> "api/experiments?limit=100&state=failed");
        for (String order :
                List.of("oldest", "bd_total", "bd_stream", "decoder_bytes", "duration")) {
            calls.put("experiments by " + order, i -> "api/experiments?limit=100&sort=" + order);
        }
        calls.put("one experiment", i -> "api/experiments/" + largest.experimentId(at(i * 7)));
        calls.put(
                "rd of two",
                i ->
                        "api/rd?experiment=%s&experiment=%s"
                                .formatted(
                                        largest.experimentId(at(i)),
                                        largest.experimentId(at(i + 1))));
        calls.put("leaderboard, 100", i -> "api/leaderboard");
        calls.put("leaderboard, 200", i -> "api/leaderboard?limit=200");
        calls.put("lineage", i -> "api/lineage");
        calls.put("lineage of a campaign", i -> "api/lineage?campaign=" + other);
        calls.put("failures", i -> "api/failures");
        calls.put("failures of the last 500", i -> "api/failures?last=500");
        calls.put("the page itself", i -> "experiments");
        return calls;
    }

    /// An index that the largest campaign has.
    private int at(int index) {
        return index % Math.max(1, experimentCount / 2);
    }

    private String deepCursor(PageClients clients) {
        String next = "";
        for (int at = 0; at < Math.min(DEPTH, experimentCount / 2); at += PAGE_SIZE) {
            JsonNode page =
                    Json.parse(
                            clients.get(
                                    "api/experiments?limit=%d&fields=outcome%s"
                                            .formatted(PAGE_SIZE, next)),
                            "experiments");
            next = "&cursor=" + page.path("next").asString("");
        }
        return next.replace("&cursor=", "");
    }

    private void record(Ledger other, SeededHome home, AtomicBoolean isOver) {
        while (!isOver.get()) {
            append(other, home);
            try {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_RECORDS.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized ExperimentResult append(Ledger other, SeededHome home) {
        ExperimentResult result = home.more(recorded);
        recorded++;
        other.append(result);
        return result;
    }

    /// From when an append returned until the client had read the line that tells of it.
    private String events(PageClients clients, Ledger other, SeededHome home) throws IOException {
        long csvNanos = System.nanoTime();
        int csvBytes = clients.get("api/experiments.csv").length();
        csvNanos = System.nanoTime() - csvNanos;
        List<Long> late = new ArrayList<>();
        try (PageClients.Stream stream = clients.follow(URI.create(clients.url() + "api/events"))) {
            for (int i = 0; i < EVENT_COUNT; i++) {
                String id = append(other, home).experiment().id().value();
                long appended = System.nanoTime();
                late.add(stream.awaitEndOf(id) - appended);
            }
        }
        return "every experiment as CSV: %,d bytes in %s ms%nrecorded by another connection until told to a browser, %d times: p50 %s ms, p99 %s ms"
                .formatted(
                        csvBytes,
                        millis(csvNanos),
                        EVENT_COUNT,
                        millis(PageClients.at(late, 0.5)),
                        millis(PageClients.at(late, 0.99)));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
    }

    private static long heapBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
