package aiv1.cli.lab;

import aiv1.dashboard.LiveWatch;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.Progress;
import aiv1.wire.Json;
import aiv1.wire.JsonFormatException;
import aiv1.wire.ProgressJson;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a campaign does at this moment, as a small file of the home, `live/CAMPAIGN.json`, for
/// pages that other programs serve. Thread-safe.
///
/// It is written anew twice a second, as a whole and under another name first, and says when that
/// was: a program that died leaves a file that grows old, and its experiments are not taken for
/// running. Nothing depends on it: where it cannot be written there is no progress to be seen.
public final class LiveFile implements AutoCloseable {
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(500);
    private static final int FILE_BYTES_MAX = 1 << 20;
    private static final String FOLDER = "live";

    private final Path file;
    private final CampaignId campaign;
    private final InstantSource clock;
    private final Map<ExperimentId, LiveWatch.Row> rows = new LinkedHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread writer;

    public LiveFile(Path home, CampaignId campaign, InstantSource clock) {
        this.file = home.resolve(FOLDER).resolve(campaign + ".json");
        this.campaign = campaign;
        this.clock = clock;
        this.writer =
                Thread.ofPlatform().name("live-file").daemon().start(this::writeAgainAndAgain);
    }

    public synchronized void begun(ExperimentId id) {
        rows.put(id, new LiveWatch.Row(id, clock.instant(), Optional.empty(), 0));
    }

    public synchronized void ended(ExperimentId id) {
        rows.remove(id);
    }

    public synchronized void report(Progress.Event event) {
        switch (event) {
            case Progress.Event.Phase phase ->
                    rows.computeIfPresent(phase.experiment(), (id, row) -> row.at(phase));
            case Progress.Event.RunEnded ended ->
                    rows.computeIfPresent(ended.experiment(), (id, row) -> row.withRunEnded());
            case Progress.Event.Anchor anchor -> {
                // Of no experiment of its own.
            }
        }
    }

    private synchronized String text() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("schema", "live/1");
        document.put("campaign_id", campaign.value());
        document.put("process_id", ProcessHandle.current().pid());
        document.put("at", clock.instant().toString());
        ArrayNode array = document.putArray("experiments");
        for (LiveWatch.Row row : rows.values()) {
            ObjectNode one = array.addObject();
            one.put("experiment_id", row.experiment().value());
            one.put("since", row.since().toString());
            one.put("done_runs", row.doneRuns());
            row.phase().ifPresent(phase -> one.set("phase", ProgressJson.write(phase)));
        }
        return Json.line(document);
    }

    private void writeAgainAndAgain() {
        try {
            do {
                write();
            } while (!closed.await(BETWEEN_WRITES.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Path next = file.resolveSibling(campaign + ".next");
            Files.writeString(next, text());
            Files.move(
                    next,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            return; // the next one may be written
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            writer.join();
            Files.deleteIfExists(file);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException left) {
            return; // it grows old
        }
    }

    /// What the campaigns of a home say of themselves; a file that cannot be read says nothing.
    public static LiveWatch watch(Path home) {
        return () -> {
            List<LiveWatch.Said> all = new ArrayList<>();
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(home.resolve(FOLDER), "*.json")) {
                for (Path one : files) {
                    read(one).ifPresent(all::add);
                }
            } catch (IOException none) {
                return List.of();
            }
            return all;
        };
    }

    private static Optional<LiveWatch.Said> read(Path file) throws IOException {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                return Optional.empty();
            }
            JsonNode document = Json.parse(Files.readString(file), file.toString());
            List<LiveWatch.Row> rows = new ArrayList<>();
            for (JsonNode one : document.path("experiments")) {
                rows.add(
                        new LiveWatch.Row(
                                new ExperimentId(one.path("experiment_id").asString("")),
                                Instant.parse(one.path("since").asString("")),
                                phase(one.path("phase")),
                                one.path("done_runs").intValue(0)));
            }
            return Optional.of(
                    new LiveWatch.Said(
                            new CampaignId(document.path("campaign_id").asString("")),
                            document.path("process_id").longValue(0),
                            Instant.parse(document.path("at").asString("")),
                            rows));
        } catch (NoSuchFileException over) {
            return Optional.empty();
        } catch (JsonFormatException | IllegalArgumentException | DateTimeException damaged) {
            return Optional.empty();
        }
    }

    private static Optional<Progress.Event.Phase> phase(JsonNode document) {
        return document.isObject()
                        && ProgressJson.read(document) instanceof Progress.Event.Phase phase
                ? Optional.of(phase)
                : Optional.empty();
    }
}
