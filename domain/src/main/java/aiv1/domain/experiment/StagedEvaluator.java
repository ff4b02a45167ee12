package aiv1.domain.experiment;

import java.util.List;

/// An evaluator whose look at the source can be had on its own: of several experiments at once, and
/// on another machine than that which then measures. Thread-safe.
public interface StagedEvaluator extends Evaluator {
    /// What screening says of each, in their order; none of it is run. Throws
    /// [aiv1.domain.LabFaultException] when the lab itself failed.
    List<Screening> screen(List<Experiment> experiments);

    /// [Evaluator#evaluate] of one that passed, with the remarks made of it.
    ExperimentResult evaluateScreened(
            Experiment experiment, List<String> remarks, Progress progress);

    /// Whatever a screening says.
    sealed interface Screening {
        /// Nothing stands against it; `remarks` go with all its runs.
        record Passed(List<String> remarks) implements Screening {
            public Passed {
                remarks = List.copyOf(remarks);
            }
        }

        /// It ended here.
        record Refused(ExperimentResult result) implements Screening {}
    }
}
