package aiv1.sandbox;

import aiv1.domain.experiment.RunOutcome.NotMeasured;
import java.util.List;

/// What a look at a candidate's source says before it is run.
public sealed interface ScreenResult {
    /// It parses, and every name and module that it surely needs is there; `labels` are remarks.
    /// `signature` is equal for sources that differ in comments, annotations and layout only.
    record Passed(List<String> labels, String signature) implements ScreenResult {}

    record Refused(NotMeasured outcome) implements ScreenResult {}
}
