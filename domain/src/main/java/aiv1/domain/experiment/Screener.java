package aiv1.domain.experiment;

import java.util.List;
import java.util.Optional;

/// Finds the experiments that need not be carried out to know how they end. Thread-safe.
@FunctionalInterface
public interface Screener {
    /// The result of each that ends with the look at its source, in their order; empty for one that
    /// is worth carrying out. Quick, whatever is in them: it may overlook something, which
    /// [Evaluator#evaluate] then finds. Throws [aiv1.domain.LabFaultException] when the lab itself
    /// failed.
    List<Optional<ExperimentResult>> screen(List<Experiment> experiments);
}
