package aiv1.cluster.temporal;

import aiv1.domain.LabFaultException;
import aiv1.wire.JsonFormatException;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Signs of life while the work of an activity is done in a thread of its own: one goes out after
/// each `pulse`, and its answer tells whether anybody still wants what comes of the work. If not,
/// the work is interrupted.
///
/// All that may take long belongs into the work, a store that is slow too.
record Attendance(ActivityExecutionContext context, Duration pulse, Supplier<String> signOfLife) {
    /// As long as ending the sandboxes of an experiment may take.
    private static final Duration ENDING_TIME_MAX = Duration.ofSeconds(20);

    /// At the activity that this thread carries out.
    static Attendance here(Duration pulse, Supplier<String> signOfLife) {
        return new Attendance(Activity.getExecutionContext(), pulse, signOfLife);
    }

    /// What the activity answers; what fails is told so that only the lab's own fault is tried
    /// again. `worker` is who did it.
    String answer(String worker, String name, Callable<String> work) {
        try {
            FutureTask<String> task = new FutureTask<>(work);
            return await(task, Thread.ofPlatform().name(name).start(task));
        } catch (JsonFormatException wrong) {
            throw ApplicationFailure.newNonRetryableFailure(
                    String.valueOf(wrong.getMessage()), Faults.REFUSED);
        } catch (LabFaultException fault) {
            throw ApplicationFailure.newFailure(
                    worker + ": " + fault.getMessage(), Faults.LAB_FAULT);
        }
    }

    private String await(FutureTask<String> work, Thread thread) {
        while (true) {
            try {
                if (isDone(work)) {
                    return work.get();
                }
                context.heartbeat(signOfLife.get());
            } catch (ActivityCompletionException unwanted) {
                end(thread);
                throw unwanted;
            } catch (InterruptedException shutdown) {
                end(thread);
                Thread.currentThread().interrupt();
                throw new LabFaultException("the worker was stopped");
            } catch (ExecutionException failed) {
                throw switch (failed.getCause()) {
                    case LabFaultException fault -> fault;
                    case JsonFormatException wrong -> wrong;
                    case null, default ->
                            new LabFaultException(
                                    "the worker failed: " + failed.getCause(), failed);
                };
            }
        }
    }

    /// Waits as long as one sign of life lasts.
    private boolean isDone(FutureTask<String> work)
            throws InterruptedException, ExecutionException {
        try {
            work.get(pulse.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException running) {
            return false;
        }
    }

    private static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join(ENDING_TIME_MAX);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }
}
