package aiv1.cluster;

import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.ExperimentResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Believes workers as far as their results can be measured again. Thread-safe.
///
/// A worker lies when a bitstream that it sent does not give the frames and numbers that it
/// reported with it. Then nothing of it is believed: it is set aside, what it still has is thrown
/// away, and each result that was taken from it before is measured again; those that differ too are
/// disputed.
final class Distrust {
    private final Workers workers;
    private final ArtifactStore artifacts;
    private final ClipFile clips;
    private final SpotChecks checks;
    private final Map<WorkerClient, List<ExperimentResult>> believed = new HashMap<>();

    Distrust(Workers workers, ArtifactStore artifacts, ClipFile clips, SpotChecks checks) {
        this.workers = workers;
        this.artifacts = artifacts;
        this.clips = clips;
        this.checks = checks;
    }

    /// Throws for a result that is not to be believed.
    void require(WorkerClient worker, ExperimentResult result) throws WorkerTroubleException {
        if (checks.isDue(result)) {
            Optional<String> lie = difference(worker, result);
            if (lie.isPresent()) {
                WorkerTroubleException trouble =
                        worker.trouble(
                                Trouble.LIED,
                                "its result of %s is not what its bitstreams give: %s"
                                        .formatted(result.experiment().id(), lie.get()));
                workers.setAside(worker, trouble);
                disputeEarlier(worker);
                throw trouble;
            }
        }
        synchronized (believed) {
            if (!workers.isSetAside(worker)) {
                believed.computeIfAbsent(worker, any -> new ArrayList<>()).add(result);
                return;
            }
        }
        throw worker.trouble(Trouble.LIED, "it lied about another experiment");
    }

    private void disputeEarlier(WorkerClient worker) {
        List<ExperimentResult> earlier;
        synchronized (believed) {
            earlier = Optional.ofNullable(believed.remove(worker)).orElse(List.of());
        }
        for (ExperimentResult result : earlier) {
            if (result.isMeasured()) {
                difference(worker, result).ifPresent(what -> dispute(worker, result, what));
            } else {
                dispute(worker, result, "it failed there, by the word of a worker that lied");
            }
        }
    }

    /// What differs, by this machine's sandbox or another worker's; a check that cannot be made
    /// shows nothing, and is told.
    private Optional<String> difference(WorkerClient worker, ExperimentResult result) {
        try {
            if (checks.own().isPresent()) {
                return checks.own().get().differences(result).stream().findFirst();
            }
            Optional<WorkerClient> other = workers.other(worker);
            if (other.isEmpty()) {
                return untold(
                        worker, result, "no sandbox is here, and no other worker was to be had");
            }
            for (Clip clip : result.experiment().clips()) {
                other.get().send(clip, clips, result.experiment().id());
            }
            return other.get().verify(result, artifacts).stream().findFirst();
        } catch (LabFaultException | WorkerTroubleException unable) {
            return untold(worker, result, String.valueOf(unable.getMessage()));
        }
    }

    private void dispute(WorkerClient worker, ExperimentResult result, String why) {
        workers.listener().disputed(result.experiment().id(), worker.place(), why);
    }

    private Optional<String> untold(WorkerClient worker, ExperimentResult result, String why) {
        workers.listener().unchecked(result.experiment().id(), worker.place(), why);
        return Optional.empty();
    }
}
