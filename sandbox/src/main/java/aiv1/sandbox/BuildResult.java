package aiv1.sandbox;

import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Usage;
import java.util.List;

/// What came of a build: files that every later stage finds, or why there are none.
public sealed interface BuildResult {
    /// `usage` sums over the parts that were built; `labels` are remarks such as the compiler's
    /// warnings. Whoever gets it closes the output when the candidate's last stage has ended.
    record Built(BuildOutput output, Usage usage, List<String> labels) implements BuildResult {}

    record Stopped(NotMeasured outcome) implements BuildResult {}
}
