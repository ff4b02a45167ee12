package aiv1.cluster.temporal;

import aiv1.cluster.SpotChecks;
import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.ExperimentResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Believes the workers of a cluster as far as their results can be measured again in this
/// machine's sandbox. Thread-safe.
///
/// A worker that lied is not believed any more in this campaign, and what was taken from it before
/// is measured again too. It is known by the name that it gives itself.
final class Trust {
    private final SpotChecks checks;
    private final ClusterListener listener;
    private final Set<String> liars = new HashSet<>();
    private final Map<String, List<ExperimentResult>> believed = new HashMap<>();

    Trust(SpotChecks checks, ClusterListener listener) {
        this.checks = checks;
        this.listener = listener;
    }

    /// Throws [LabFaultException] for a result that is not to be believed.
    void require(String worker, ExperimentResult result) {
        if (checks.isDue(result)) {
            List<String> differences = differences(worker, result);
            if (!differences.isEmpty()) {
                setAside(worker);
                throw new LabFaultException(
                        "its result of %s is not what its bitstreams give: %s"
                                .formatted(result.experiment().id(), differences.getFirst()));
            }
        }
        synchronized (this) {
            if (liars.contains(worker)) {
                throw new LabFaultException("it lied about another experiment");
            }
            believed.computeIfAbsent(worker, any -> new ArrayList<>()).add(result);
        }
    }

    private void setAside(String worker) {
        List<ExperimentResult> earlier;
        synchronized (this) {
            liars.add(worker);
            List<ExperimentResult> taken = believed.remove(worker);
            earlier = taken == null ? List.of() : taken;
        }
        for (ExperimentResult result : earlier) {
            if (!result.isMeasured()) {
                listener.disputed(
                        result.experiment().id(),
                        worker,
                        "it failed there, by the word of a worker that lied");
                continue;
            }
            List<String> differences = differences(worker, result);
            if (!differences.isEmpty()) {
                listener.disputed(result.experiment().id(), worker, differences.getFirst());
            }
        }
    }

    /// A check that cannot be made shows nothing, and is told.
    private List<String> differences(String worker, ExperimentResult result) {
        String why = "no sandbox is here";
        try {
            if (checks.own().isPresent()) {
                return checks.own().get().differences(result);
            }
        } catch (LabFaultException unable) {
            why = String.valueOf(unable.getMessage());
        }
        listener.unchecked(result.experiment().id(), worker, why);
        return List.of();
    }
}
