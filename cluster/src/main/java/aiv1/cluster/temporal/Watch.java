package aiv1.cluster.temporal;

import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.RunResult;
import aiv1.wire.ClusterPulseJson;
import aiv1.wire.JsonFormatException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Follows one experiment by its signs of life, and tells each thing once. Used by one thread.
final class Watch {
    private final Experiment experiment;
    private final Progress progress;
    private final ClusterListener listener;
    private final Set<RunResult> told = new HashSet<>();
    private String stage = ScreeningActivity.SCREEN;
    private int attempt = 1;
    private long known;

    Watch(Experiment experiment, Progress progress, ClusterListener listener) {
        this.experiment = experiment;
        this.progress = progress;
        this.listener = listener;
    }

    /// What the server knows of it: the activity of its stage, that one's attempt (> 0), its latest
    /// sign of life, and why the attempt before it ended.
    void seen(String activity, int number, Optional<String> pulse, String lastFailure) {
        if (!activity.equals(stage)) {
            stage = activity;
            attempt = 1;
            known = 0;
        }
        if (number > attempt) {
            attempt = number;
            known = 0;
            told.clear();
            listener.begunAgain(experiment.id(), number, lastFailure);
            return;
        }
        if (pulse.isPresent()) {
            try {
                ClusterPulseJson read = ClusterPulseJson.read(pulse.get());
                read.after(known).forEach(this::tell);
                known = Math.max(known, read.last());
            } catch (JsonFormatException | IllegalArgumentException garbage) {
                // A sign of life all the same; the result is what counts.
                return;
            }
        }
    }

    /// Tells what no sign of life told.
    void ended(ExperimentResult result) {
        // What has runs was measured, whether or not that was seen.
        boolean isOfStage = result.runs().isEmpty() || stage.equals(MeasuringActivity.MEASURE);
        if (result.provenance().attempt() > (isOfStage ? attempt : 1)) {
            listener.begunAgain(
                    experiment.id(), result.provenance().attempt(), "seen in its result");
        }
        for (RunResult run : result.runs()) {
            tell(new Progress.Event.RunEnded(experiment.id(), run));
        }
    }

    /// Only what is of this experiment; what workers say is not believed.
    private void tell(Progress.Event event) {
        boolean isOurs =
                switch (event) {
                    case Progress.Event.Phase phase -> phase.experiment().equals(experiment.id());
                    case Progress.Event.RunEnded ended ->
                            ended.experiment().equals(experiment.id()) && told.add(ended.run());
                    case Progress.Event.Anchor anchor -> true;
                };
        if (isOurs) {
            progress.report(event);
        }
    }
}
