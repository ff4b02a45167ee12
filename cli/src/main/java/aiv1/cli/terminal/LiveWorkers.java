package aiv1.cli.terminal;

import aiv1.cluster.Place;
import aiv1.cluster.WorkerTroubleException;
import aiv1.cluster.WorkersListener;
import aiv1.domain.campaign.Flag;
import aiv1.domain.experiment.ExperimentId;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Tells which workers come and go and which results are not believed, a line each.
public final class LiveWorkers implements WorkersListener {
    private final Screen screen;
    private final Consumer<Flag> flags;
    private final InstantSource clock;

    /// `flags` takes those of results that are not to be believed any more.
    public LiveWorkers(Screen screen, Consumer<Flag> flags, InstantSource clock) {
        this.flags = flags;
        this.clock = clock;
        this.screen = screen;
    }

    @Override
    public void lost(Place worker, WorkerTroubleException why) {
        screen.line("  lost: " + why.getMessage());
    }

    @Override
    public void joined(Place worker) {
        screen.line("  joined: worker " + worker);
    }

    @Override
    public void waits(ExperimentId experiment, String lack) {
        screen.line("  waits: %s: %s".formatted(experiment, lack));
    }

    @Override
    public void unchecked(ExperimentId experiment, Place worker, String why) {
        screen.line(
                "  not checked: %s, measured by %s, could not be measured again: %s"
                        .formatted(experiment, worker, why));
    }

    @Override
    public void disputed(ExperimentId experiment, Place worker, String why) {
        flags.accept(
                new Flag(
                        experiment,
                        clock.instant(),
                        "measured by %s, which lied: %s".formatted(worker, why)));
        screen.line("  flagged: %s, measured by %s: %s".formatted(experiment, worker, why));
    }
}
