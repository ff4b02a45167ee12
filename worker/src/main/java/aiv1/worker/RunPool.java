package aiv1.worker;

import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Carries out runs side by side, as many as there are cores for, and tries again what the lab
/// itself failed at.
final class RunPool implements AutoCloseable {
    static final int LAB_FAULT_ATTEMPT_COUNT_MAX = 3;

    private final ExecutorService threads;

    RunPool(int parallelRunCount) {
        threads =
                Executors.newFixedThreadPool(
                        parallelRunCount, Thread.ofPlatform().name("run-", 0).factory());
    }

    /// The results in the order of the plans. An interrupt of the caller cancels what runs and what
    /// waits.
    List<RunResult> carryOut(List<RunPlan> plans, Function<RunPlan, RunResult> run) {
        List<Future<RunResult>> running = new ArrayList<>();
        for (RunPlan plan : plans) {
            running.add(threads.submit(() -> attempt(plan, run)));
        }
        List<RunResult> results = new ArrayList<>();
        boolean isCancelled = false;
        for (int i = 0; i < plans.size(); i++) {
            RunPlan plan = plans.get(i);
            if (isCancelled) {
                running.get(i).cancel(true);
                results.add(cancelled(plan));
                continue;
            }
            try {
                results.add(running.get(i).get());
            } catch (InterruptedException stopped) {
                isCancelled = true;
                running.get(i).cancel(true);
                results.add(cancelled(plan));
            } catch (ExecutionException e) {
                running.forEach(future -> future.cancel(true));
                throw new LabFaultException(
                        "%s quality %d: %s"
                                .formatted(plan.clip().name(), plan.quality(), e.getCause()),
                        e);
            }
        }
        if (isCancelled) {
            Thread.currentThread().interrupt();
        }
        return results;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }

    private static RunResult attempt(RunPlan plan, Function<RunPlan, RunResult> run) {
        for (int attempt = 1; ; attempt++) {
            try {
                return run.apply(plan);
            } catch (LabFaultException fault) {
                if (attempt == LAB_FAULT_ATTEMPT_COUNT_MAX) {
                    return failed(
                            plan, FailureCategory.LAB_FAULT, String.valueOf(fault.getMessage()));
                }
            }
        }
    }

    private static RunResult cancelled(RunPlan plan) {
        return failed(plan, FailureCategory.CANCELLED, "stopped before it was done");
    }

    private static RunResult failed(RunPlan plan, FailureCategory category, String message) {
        Failure failure = Failure.of(Stage.MEASURE, category, message);
        RunOutcome outcome =
                category == FailureCategory.CANCELLED
                        ? new RunOutcome.Cancelled(failure)
                        : new RunOutcome.LabFault(failure);
        return new RunResult(plan.clip().name(), plan.quality(), outcome);
    }
}
