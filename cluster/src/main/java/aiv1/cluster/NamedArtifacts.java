package aiv1.cluster;

import aiv1.domain.ArtifactId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.RunResult;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// The artifacts that a result names, without which it is not whole.
public final class NamedArtifacts {
    private NamedArtifacts() {}

    /// In the order in which it names them.
    public static Set<ArtifactId> of(ExperimentResult result) {
        Set<ArtifactId> named = new LinkedHashSet<>();
        for (RunResult run : result.runs()) {
            switch (run.outcome()) {
                case RunOutcome.Measured measured -> {
                    Measurement numbers = measured.measurement();
                    named.add(numbers.bitstream());
                    named.add(numbers.frames());
                }
                case NotMeasured stopped -> stopped.failure().trace().ifPresent(named::add);
            }
        }
        result.build().ifPresent(build -> named.add(build.archive()));
        result.verdict().flatMap(verdict -> verdict.failure().trace()).ifPresent(named::add);
        return Collections.unmodifiableSet(named);
    }
}
