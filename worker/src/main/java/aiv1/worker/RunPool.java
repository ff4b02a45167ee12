package aiv1.worker;

import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Carries out steps of runs side by side, as many as there are cores for, and tries again what the
/// lab itself failed at.
final class RunPool {
    static final int LAB_FAULT_ATTEMPT_COUNT_MAX = 3;

    private final Semaphore cores;

    RunPool(int parallelRunCount) {
        cores = new Semaphore(parallelRunCount, true);
    }

    /// What each step ended its run with, in the order of the steps; empty where the run goes on.
    /// An interrupt of the caller cancels what runs and what waits. No step runs any more when this
    /// returns, however it does.
    List<Optional<RunOutcome>> carryOut(List<Supplier<Optional<RunOutcome>>> steps) {
        List<Future<Optional<RunOutcome>>> running = new ArrayList<>();
        boolean isCancelled = false;
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("run-", 0).factory())) {
            for (Supplier<Optional<RunOutcome>> step : steps) {
                running.add(threads.submit(() -> attempt(step)));
            }
            try {
                for (Future<Optional<RunOutcome>> step : running) {
                    step.get();
                }
            } catch (InterruptedException stopped) {
                isCancelled = true;
                threads.shutdownNow();
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw new LabFaultException("run: " + e.getCause(), e);
            }
        }
        if (!isCancelled) {
            return running.stream().map(Future::resultNow).toList();
        }
        Thread.currentThread().interrupt();
        return running.stream().map(step -> Optional.of(outcomeOfCancelled(step))).toList();
    }

    private Optional<RunOutcome> attempt(Supplier<Optional<RunOutcome>> step)
            throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            cores.acquire();
            try {
                return step.get();
            } catch (LabFaultException fault) {
                if (attempt == LAB_FAULT_ATTEMPT_COUNT_MAX) {
                    return Optional.of(
                            new RunOutcome.LabFault(
                                    Failure.of(
                                            Stage.MEASURE,
                                            FailureCategory.LAB_FAULT,
                                            String.valueOf(fault.getMessage()))));
                }
            } finally {
                cores.release();
            }
        }
    }

    private static RunOutcome outcomeOfCancelled(Future<Optional<RunOutcome>> step) {
        Optional<RunOutcome> ended =
                step.state() == Future.State.SUCCESS ? step.resultNow() : Optional.empty();
        return ended.orElseGet(
                () ->
                        new RunOutcome.Cancelled(
                                Failure.of(
                                        Stage.MEASURE,
                                        FailureCategory.CANCELLED,
                                        "stopped before it was done")));
    }
}
