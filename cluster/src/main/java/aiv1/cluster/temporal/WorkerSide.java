package aiv1.cluster.temporal;

import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.Screener;
import java.util.List;

/// What a worker of a cluster works with. `name` is what results call it, `build` that of the lab;
/// `slotCount` (> 0) experiments run side by side; it carries out those that ask for one of its
/// `capabilities`.
public record WorkerSide(
        String name,
        String build,
        List<String> capabilities,
        int slotCount,
        Evaluator evaluator,
        Screener screener,
        ArtifactStore artifacts,
        ClipShelf clips,
        Log log) {
    public WorkerSide {
        capabilities = List.copyOf(capabilities);
    }

    /// Hears what the worker does. Called from several threads.
    @FunctionalInterface
    public interface Log {
        void said(ExperimentId experiment, String what);
    }
}
