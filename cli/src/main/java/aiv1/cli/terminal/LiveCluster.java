package aiv1.cli.terminal;

import aiv1.cluster.temporal.ClusterListener;
import aiv1.domain.campaign.Flag;
import aiv1.domain.experiment.ExperimentId;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Tells what a campaign on a cluster had to get over, a line each.
public final class LiveCluster implements ClusterListener {
    private final Screen screen;
    private final Consumer<Flag> flags;
    private final InstantSource clock;

    /// `flags` takes those of results that are not to be believed any more.
    public LiveCluster(Screen screen, Consumer<Flag> flags, InstantSource clock) {
        this.screen = screen;
        this.flags = flags;
        this.clock = clock;
    }

    @Override
    public void begunAgain(ExperimentId experiment, int attempt, String why) {
        screen.line(
                "  begun again: %s, attempt %d, for the one before ended so: %s; one result is taken"
                        .formatted(experiment, attempt, why));
    }

    @Override
    public void refused(ExperimentId experiment, String worker, String why) {
        screen.line("  refused: %s from worker %s: %s".formatted(experiment, worker, why));
    }

    @Override
    public void unchecked(ExperimentId experiment, String worker, String why) {
        screen.line(
                "  not checked: %s, measured by %s, could not be measured again: %s"
                        .formatted(experiment, worker, why));
    }

    @Override
    public void disputed(ExperimentId experiment, String worker, String why) {
        flags.accept(
                new Flag(
                        experiment,
                        clock.instant(),
                        "measured by %s, which lied: %s".formatted(worker, why)));
        screen.line("  flagged: %s, measured by %s: %s".formatted(experiment, worker, why));
    }

    @Override
    public void server(String what) {
        screen.line("  server: " + what);
    }
}
