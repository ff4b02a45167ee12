package aiv1.domain.experiment;

/// The seam to whatever carries out experiments: in this process, or on another machine.
///
/// Thread-safe. A candidate's failure is part of the result; the lab's own fault that outlived its
/// retries is an outcome `lab_fault`, never an exception, so that the caller always has a result to
/// store.
@FunctionalInterface
public interface Evaluator {
    /// Evaluates and returns when done. An interrupt cancels: the result then says so.
    ExperimentResult evaluate(Experiment experiment, Progress progress);
}
