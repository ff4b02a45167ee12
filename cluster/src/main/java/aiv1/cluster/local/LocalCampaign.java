package aiv1.cluster.local;

import aiv1.cluster.local.LocalCluster.LineListener;
import java.time.Duration;
import java.util.List;

/// The campaign of a local cluster, as a process: its standard output is the cluster's. It is not
/// started again when it ends. Thread-safe.
public final class LocalCampaign implements AutoCloseable {
    /// What its lines are called.
    public static final String NAME = "campaign";

    private static final Duration END_TIME_MAX = Duration.ofSeconds(5);

    private final Child child;

    private LocalCampaign(Child child) {
        this.child = child;
    }

    public static LocalCampaign start(List<String> command, LineListener listener) {
        return new LocalCampaign(
                Child.start(
                        command,
                        new Child.Lines(
                                line -> listener.line(NAME, true, line),
                                line -> listener.line(NAME, false, line))));
    }

    /// As the first Ctrl-C does.
    public void askToEnd() {
        child.askToEnd();
    }

    /// Its exit status.
    public int awaitEnd() throws InterruptedException {
        return child.awaitEnd();
    }

    @Override
    public void close() {
        child.end(END_TIME_MAX);
    }
}
