package aiv1.cli.terminal;

import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The runs that are under way, one line each, redrawn in place: phase and frame n of N; plain
/// lines where there is no terminal.
///
/// Thread-safe.
public final class LiveRuns implements Progress {
    private static final int BAR_WIDTH = 24;
    private static final long REDRAW_NANOS = 80_000_000;

    private final Screen screen;
    private final boolean isQuiet;
    private final Map<String, Shown> shown = new TreeMap<>();
    private Optional<String> anchor = Optional.empty();
    private long lastDrawn;

    /// What is on the screen of one experiment.
    private static final class Shown {
        private final Optional<String> header;
        private final Map<String, Event.Phase> running = new TreeMap<>();
        private int runsDone;

        private Shown(Optional<String> header) {
            this.header = header;
        }
    }

    public LiveRuns(Screen screen, boolean isQuiet) {
        this.screen = screen;
        this.isQuiet = isQuiet;
    }

    /// An experiment starts; `header` is the line above its runs.
    public synchronized void begin(ExperimentId experiment, String header) {
        shown.put(experiment.value(), new Shown(Optional.of(header)));
        draw(true);
    }

    @Override
    public synchronized void report(Event event) {
        switch (event) {
            case Event.Phase phase -> {
                of(phase.experiment()).running.put(phase.clip() + " q" + phase.quality(), phase);
                anchor = Optional.empty();
                draw(false);
            }
            case Event.RunEnded ended -> {
                Shown experiment = of(ended.experiment());
                experiment.running.remove(ended.run().clip() + " q" + ended.run().quality());
                experiment.runsDone++;
                plain(
                        "%s q%d %s"
                                .formatted(
                                        ended.run().clip(),
                                        ended.run().quality(),
                                        ended.run().outcome().label()));
                draw(true);
            }
            case Event.Anchor computing -> {
                String text =
                        "anchor %s on %s: point %d of %d"
                                .formatted(
                                        computing.anchor(),
                                        computing.clip(),
                                        computing.point(),
                                        computing.pointCount());
                anchor = Optional.of(text);
                plain(text);
                draw(true);
            }
        }
    }

    /// Takes an experiment off the screen: what is printed next is its result.
    public synchronized void end(ExperimentId experiment) {
        shown.remove(experiment.value());
        screen.eraseBlock();
    }

    /// Takes everything off the screen.
    public synchronized void end() {
        shown.clear();
        screen.eraseBlock();
    }

    private Shown of(ExperimentId experiment) {
        return shown.computeIfAbsent(experiment.value(), missing -> new Shown(Optional.empty()));
    }

    private void plain(String text) {
        if (!screen.isLive() && !isQuiet) {
            screen.line("  " + text);
        }
    }

    private void draw(boolean isForced) {
        long now = System.nanoTime();
        if (!screen.isLive() || (!isForced && now - lastDrawn < REDRAW_NANOS)) {
            return;
        }
        lastDrawn = now;
        List<String> lines = new ArrayList<>();
        for (Shown experiment : shown.values()) {
            experiment.header.ifPresent(
                    text -> lines.add(text + "  runs done " + experiment.runsDone));
            experiment.running.forEach((name, phase) -> lines.add(line(name, phase)));
        }
        anchor.ifPresent(text -> lines.add("  " + text));
        screen.block(lines);
    }

    private static String line(String name, Event.Phase phase) {
        return "  %-16s %-7s [%s] frame %d of %d"
                .formatted(
                        name,
                        phase.stage().label(),
                        Bar.of(phase.frame(), phase.frameCount(), BAR_WIDTH),
                        phase.frame(),
                        phase.frameCount());
    }
}
