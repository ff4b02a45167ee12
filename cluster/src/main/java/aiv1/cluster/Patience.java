package aiv1.cluster;

import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.LimitClass;
import java.time.Duration;
import java.util.function.Function;

/// How long is waited: `workerWait` for a worker to be free and well; `silence` for anything new of
/// an experiment that a worker says it is carrying out.
record Patience(Duration workerWait, Function<Experiment, Duration> silence) {
    static final Patience USUAL = new Patience(Duration.ofMinutes(10), Patience::silenceMax);

    /// Others' experiments may be first, and anchors are made in silence.
    private static final Duration SLACK = Duration.ofHours(1);

    Patience(Duration workerWait) {
        this(workerWait, Patience::silenceMax);
    }

    /// A codec may be silent for as long as a stage of it may take.
    private static Duration silenceMax(Experiment experiment) {
        LimitClass limits = experiment.limitClass();
        Duration longest = limits.buildLimit().wallTimeMax();
        for (Clip clip : experiment.clips()) {
            longest = longer(longest, limits.encodeLimit(clip).wallTimeMax());
            longest = longer(longest, limits.decodeLimit(clip).wallTimeMax());
        }
        return longest.plus(SLACK);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
