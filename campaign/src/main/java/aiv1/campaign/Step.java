package aiv1.campaign;

import aiv1.domain.candidate.Proposal;
import aiv1.domain.experiment.Evaluator;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
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
    private final ExperimentId id;
    private final Proposal proposal;
    private final Object cancelLock = new Object();
    private Optional<ExperimentResult> recorded;
    private final Optional<Callable<ExperimentResult>> work;
    private Optional<Future<ExperimentResult>> running = Optional.empty();

    private Optional<Thread> thread = Optional.empty();
    private boolean isOver;
    private boolean isCancelled;

    private Step(
            ExperimentId id,
            Proposal proposal,
            Optional<ExperimentResult> recorded,
            Optional<Callable<ExperimentResult>> work) {
        this.id = id;
        this.proposal = proposal;
        this.recorded = recorded;
        this.work = work;
    }

    static Step recorded(ExperimentResult result) {
        return new Step(
                result.experiment().id(),
                result.experiment().proposal(),
                Optional.of(result),
                Optional.empty());
    }

    static Step of(Experiment experiment, Evaluator evaluator, Progress progress) {
        return new Step(
                experiment.id(),
                experiment.proposal(),
                Optional.empty(),
                Optional.of(() -> evaluator.evaluate(experiment, progress)));
    }

    ExperimentId id() {
        return id;
    }

    Proposal proposal() {
        return proposal;
    }

    boolean isRecorded() {
        return recorded.isPresent();
    }

    /// Begins, or begins again.
    void start(ExecutorService threads) {
        synchronized (cancelLock) {
            isOver = false;
        }
        running = work.map(this::carriedOut).map(threads::submit);
    }

    /// Its result was recorded; it keeps its place.
    void keep(ExperimentResult result) {
        recorded = Optional.of(result);
    }

    boolean isUnderWay() {
        synchronized (cancelLock) {
            return work.isPresent() && !isOver;
        }
    }

    /// Interrupts it; false when there is nothing to interrupt any more.
    boolean cancel() {
        synchronized (cancelLock) {
            if (!isUnderWay()) {
                return false;
            }
            isCancelled = true;
            thread.ifPresent(Thread::interrupt);
            return true;
        }
    }

    /// Whether somebody cancelled this one, and not the whole campaign.
    boolean isCancelled() {
        synchronized (cancelLock) {
            return isCancelled;
        }
    }

    private Callable<ExperimentResult> carriedOut(Callable<ExperimentResult> plain) {
        return () -> {
            synchronized (cancelLock) {
                thread = Optional.of(Thread.currentThread());
                if (isCancelled) {
                    Thread.currentThread().interrupt();
                }
            }
            try {
                return plain.call();
            } finally {
                synchronized (cancelLock) {
                    thread = Optional.empty();
                    isOver = true;
                    if (isCancelled) {
                        // It was meant for this one alone.
                        Thread.interrupted();
                    }
                }
            }
        };
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
