package aiv1.cluster.temporal;

import aiv1.domain.LabFaultException;
import java.time.Duration;

/// Looks whether a server answers.
public final class ClusterProbe {
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(200);

    private ClusterProbe() {}

    /// Waits until the server answers and has the namespace; throws [LabFaultException] that says
    /// what is wrong when it takes longer than `most`.
    public static void awaitServer(ClusterAccess access, Duration most)
            throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        try (Connection connection = new Connection(access, "probe")) {
            while (true) {
                try {
                    ClusterPreflight.requireNamespace(connection);
                    return;
                } catch (LabFaultException notYet) {
                    if (System.nanoTime() > deadline) {
                        throw notYet;
                    }
                    Thread.sleep(LOOK_INTERVAL);
                }
            }
        }
    }
}
