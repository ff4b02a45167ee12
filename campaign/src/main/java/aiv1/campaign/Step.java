package aiv1.campaign;

import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Progress;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/// One step of a campaign that was begun: its result was recorded in an earlier sitting, or is
/// being made.
final class Step {
    private final Proposal proposal;
    private final Optional<ExperimentResult> recorded;
    private final Optional<Callable<ExperimentResult>> work;
    private Optional<Future<ExperimentResult>> running = Optional.empty();

    private Step(
            Proposal proposal,
            Optional<ExperimentResult> recorded,
            Optional<Callable<ExperimentResult>> work) {
        this.proposal = proposal;
        this.recorded = recorded;
        this.work = work;
    }

    static Step recorded(ExperimentResult result) {
        return new Step(result.experiment().proposal(), Optional.of(result), Optional.empty());
    }

    static Step of(Experiment experiment, Evaluator evaluator, Progress progress) {
        return new Step(
                experiment.proposal(),
                Optional.empty(),
                Optional.of(() -> evaluator.evaluate(experiment, progress)));
    }

    Proposal proposal() {
        return proposal;
    }

    boolean isRecorded() {
        return recorded.isPresent();
    }

    /// Begins, or begins again.
    void start(ExecutorService threads) {
        running = work.map(threads::submit);
    }

    /// Waits for it.
    ExperimentResult result() {
        if (recorded.isPresent()) {
            return recorded.get();
        }
        Future<ExperimentResult> future = running.orElseThrow();
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted while experiments ran", interrupted);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("evaluating", failure.getCause());
        }
    }
}
