package aiv1.cli.terminal;

import aiv1.cluster.Place;
import aiv1.cluster.WorkerTroubleException;
import aiv1.cluster.WorkersListener;

/// Tells which workers come and go, a line each.
public final class LiveWorkers implements WorkersListener {
    private final Screen screen;

    public LiveWorkers(Screen screen) {
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
}
