package aiv1.cluster.temporal;

import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.StagedEvaluator.Screening;
import aiv1.wire.ClusterReportJson;
import aiv1.wire.ClusterReportJson.Told;
import aiv1.wire.ClusterTicketJson;
import io.temporal.activity.Activity;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/// Screens what a cluster asks of this worker, beside what it measures, and several at once when
/// several came. So a codec that cannot work is known in a moment, however long the experiments
/// before it take. Thread-safe.
final class ClusterScreening implements ScreeningActivity, AutoCloseable {
    /// Tickets that a worker holds at once, and the most that are screened together.
    static final int SLOT_COUNT = 16;

    private final WorkerSide side;
    private final Desk desk;
    private final Duration pulse;
    private final Gathering<Experiment, Screening> gathering;

    ClusterScreening(WorkerSide side, Duration pulse) {
        this.side = side;
        this.desk = new Desk(side);
        this.pulse = pulse;
        this.gathering = new Gathering<>("screening", SLOT_COUNT, side.evaluator()::screen);
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
        return switch (ask(desk.order(ticket).experiment())) {
            case Screening.Passed passed ->
                    desk.report(ticket, "screened", new Told.Screened(passed.remarks()));
            case Screening.Refused refused -> {
                side.log()
                        .said(ticket.experiment(), "screened: " + refused.result().outcomeLabel());
                yield desk.report(ticket, refused.result(), attempt);
            }
        };
    }

    private Screening ask(Experiment experiment) throws InterruptedException {
        try {
            return gathering.ask(experiment).get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof LabFaultException fault
                    ? fault
                    : new LabFaultException("screening failed: " + failed.getCause(), failed);
        }
    }

    @Override
    public void close() {
        gathering.close();
    }
}
