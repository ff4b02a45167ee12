package aiv1.worker.http;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.LimitClass;
import aiv1.media.ClipLibrary;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a worker works with. `clipCacheBytesMax` (> 0) bounds the clips that can be sent again.
/// `usual` is what an order of the earlier system's form is carried out on, which names no clips;
/// `slotCount` (> 0) experiments run side by side; `capabilities` is what campaigns may want, such
/// as `cpu`; `canary` tries a codec with known numbers and returns a line about it, or throws
/// [LabFaultException]; `verifier` measures others' results again. `isSupervised`: whoever started
/// this process starts it again when it ends with a request for that.
public record WorkerParts(
        WorkerIdentity identity,
        Evaluator evaluator,
        ClipLibrary clips,
        long clipCacheBytesMax,
        ArtifactStore artifacts,
        Usual usual,
        int slotCount,
        List<String> capabilities,
        Supplier<String> canary,
        Verifier verifier,
        boolean isSupervised) {
    public WorkerParts {
        capabilities = List.copyOf(capabilities);
    }

    /// Measures again what a result says; gives what differs, a sentence each.
    @FunctionalInterface
    public interface Verifier {
        List<String> differences(ExperimentResult result, Function<ArtifactId, byte[]> bitstreams);
    }

    /// Clips, anchors and limits of an order that names none.
    public record Usual(List<Clip> clips, List<String> anchors, LimitClass limitClass) {
        public Usual {
            clips = List.copyOf(clips);
            anchors = List.copyOf(anchors);
        }
    }
}
