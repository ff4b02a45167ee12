package aiv1.cli.terminal;

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
    private final Map<String, Event.Phase> running = new TreeMap<>();
    private Optional<String> header = Optional.empty();
    private Optional<String> anchor = Optional.empty();
    private int runsDone;
    private long lastDrawn;

    public LiveRuns(Screen screen, boolean isQuiet) {
        this.screen = screen;
        this.isQuiet = isQuiet;
    }

    /// Starts the next experiment; `header` is the line above its runs.
    public synchronized void begin(String header) {
        this.header = Optional.of(header);
        running.clear();
        runsDone = 0;
        draw(true);
    }

    @Override
    public synchronized void report(Event event) {
        switch (event) {
            case Event.Phase phase -> {
                running.put(phase.clip() + " q" + phase.quality(), phase);
                anchor = Optional.empty();
                draw(false);
            }
            case Event.RunEnded ended -> {
                running.remove(ended.run().clip() + " q" + ended.run().quality());
                runsDone++;
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

    /// Takes the block off the screen: what is printed next is a result.
    public synchronized void end() {
        screen.eraseBlock();
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
        header.ifPresent(text -> lines.add(text + "  runs done " + runsDone));
        running.forEach((name, phase) -> lines.add(line(name, phase)));
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
