package aiv1.cluster.temporal;

import aiv1.cluster.Preflight;
import aiv1.domain.LabFaultException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Everything that a campaign needs of a cluster, looked at from here, step by step; the first that
/// is wrong ends it.
public final class ClusterExamination {
    private ClusterExamination() {}

    /// As below, with the usual time for workers to come.
    public static List<Preflight.Finding> examine(
            ClusterAccess access, String build, String capability) throws InterruptedException {
        return examine(access, build, capability, ClusterTimes.USUAL.arrivalWait());
    }

    /// Is the server reached and has the namespace, and are there workers of this build that have
    /// the capability? They may take `arrivalWait` to come.
    static List<Preflight.Finding> examine(
            ClusterAccess access, String build, String capability, Duration arrivalWait)
            throws InterruptedException {
        List<Preflight.Finding> findings = new ArrayList<>();
        String step = "server";
        try (Connection connection = new Connection(access, "doctor, build " + build)) {
            ClusterPreflight.requireNamespace(connection);
            findings.add(
                    finding(access, step, true, "has namespace " + access.address().namespace()));
            step = "workers";
            List<String> workers =
                    ClusterPreflight.awaitWorkers(
                            connection,
                            build,
                            capability,
                            arrivalWait,
                            ClusterPreflight::ownSeconds);
            findings.add(
                    finding(
                            access,
                            step,
                            true,
                            "%d of this build: %s"
                                    .formatted(workers.size(), String.join("; ", workers))));
        } catch (LabFaultException wrong) {
            findings.add(finding(access, step, false, String.valueOf(wrong.getMessage())));
        }
        return List.copyOf(findings);
    }

    private static Preflight.Finding finding(
            ClusterAccess access, String step, boolean isGood, String detail) {
        return new Preflight.Finding(access.toString(), step, isGood, detail);
    }
}
