package aiv1.cluster.temporal;

import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.wire.ClusterReportJson;
import aiv1.wire.ClusterReportJson.Told;
import aiv1.wire.ClusterTicketJson;
import io.temporal.activity.Activity;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// Screens what a cluster asks of this worker, beside what it measures, and several at once when
/// several came. So a codec that cannot work is known soon, however long the experiments before it
/// take. Thread-safe.
///
/// It is a sieve and no judge: what passes is screened again by whoever measures it, so that one
/// worker answers for all that a result says.
final class ClusterScreening implements ScreeningActivity, AutoCloseable {
    /// Tickets that are held at once for each capability, and the most that are screened together.
    static final int SLOT_COUNT = 16;

    /// A larger source passes: reading it is no cheap work.
    private static final int SOURCE_LENGTH_MAX = 1 << 18;

    private final WorkerSide side;
    private final Desk desk;
    private final Duration pulse;
    private final Gathering<Experiment, Optional<ExperimentResult>> gathering;

    ClusterScreening(WorkerSide side, Duration pulse) {
        this.side = side;
        this.desk = new Desk(side);
        this.pulse = pulse;
        this.gathering = new Gathering<>("screening", SLOT_COUNT, side.screener()::screen);
    }

    @Override
    public String screen(String text) {
        int attempt = Activity.getExecutionContext().getInfo().getAttempt();
        Callable<String> work = () -> report(ClusterTicketJson.read(text), attempt).write();
        String alive = new Pulse(side.name()).text();
        return Attendance.here(pulse, () -> alive).answer(side.name(), "screening", work);
    }

    private ClusterReportJson report(ClusterTicketJson ticket, int attempt)
            throws InterruptedException {
        Experiment experiment = desk.order(ticket).experiment();
        Optional<ExperimentResult> refused =
                isCheap(experiment) ? ask(experiment) : Optional.empty();
        if (refused.isEmpty()) {
            return desk.report(ticket, "passed", new Told.Passed());
        }
        side.log().said(ticket.experiment(), "screened: " + refused.get().outcomeLabel());
        return desk.report(ticket, refused.get(), attempt);
    }

    private static boolean isCheap(Experiment experiment) {
        return experiment.proposal().candidate().sources().values().stream()
                        .mapToLong(String::length)
                        .sum()
                <= SOURCE_LENGTH_MAX;
    }

    private Optional<ExperimentResult> ask(Experiment experiment) throws InterruptedException {
        Future<Optional<ExperimentResult>> answer = gathering.ask(experiment);
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof LabFaultException fault
                    ? fault
                    : new LabFaultException("screening failed: " + failed.getCause(), failed);
        } finally {
            // Who left before the answer came wants none.
            answer.cancel(false);
        }
    }

    @Override
    public void close() {
        gathering.close();
    }
}
