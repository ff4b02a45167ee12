package aiv1.sandbox;

import aiv1.domain.experiment.RunOutcome.NotMeasured;
import java.util.List;

/// What a look at a candidate's source says before it is run.
public sealed interface ScreenResult {
    /// It parses and defines what its contract calls; `labels` are remarks.
    record Passed(List<String> labels) implements ScreenResult {}

    record Refused(NotMeasured outcome) implements ScreenResult {}
}
