package aiv1.cluster;

import aiv1.domain.experiment.ExperimentResult;
import java.util.List;

/// Measures again what a result says, from the bitstreams that came with it.
@FunctionalInterface
public interface Remeasurement {
    /// What differs, a sentence each; none when all is as stated. Throws
    /// [aiv1.domain.LabFaultException] when it cannot be told.
    List<String> differences(ExperimentResult result);
}
