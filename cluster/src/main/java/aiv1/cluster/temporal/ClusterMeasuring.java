package aiv1.cluster.temporal;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.wire.ClusterOrderJson;
import aiv1.wire.ClusterReportJson;
import aiv1.wire.ClusterReportJson.Told;
import aiv1.wire.ClusterTicketJson;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCompletionException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Carries out what a cluster asks of this worker. Thread-safe.
///
/// A candidate's failure is a report like any other; only the lab's own fault is a failure here, so
/// that only that is tried again. Who is asked once more by the same workflow, because the server
/// forgot the answer, answers at once.
final class ClusterMeasuring implements MeasuringActivity {
    private static final int ANSWERED_COUNT_MAX = 200;

    private final WorkerSide side;
    private final Desk desk;
    private final Duration pulse;

    /// Over all queues at which this worker looks.
    private final Semaphore slots;

    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean isDraining;
    private final Map<String, ClusterReportJson> answered =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, ClusterReportJson> eldest) {
                    return size() > ANSWERED_COUNT_MAX;
                }
            };

    ClusterMeasuring(WorkerSide side, Duration pulse) {
        this.side = side;
        this.desk = new Desk(side);
        this.pulse = pulse;
        this.slots = new Semaphore(side.slotCount(), true);
    }

    @Override
    public String measure(String text) {
        ActivityInfo asked = Activity.getExecutionContext().getInfo();
        Pulse events = new Pulse(side.name());
        try {
            return Attendance.here(pulse, events::text)
                    .answer(
                            side.name(),
                            "experiment " + asked.getWorkflowId(),
                            () -> report(ClusterTicketJson.read(text), asked, events).write());
        } catch (ActivityCompletionException unwanted) {
            side.log()
                    .said(
                            new ExperimentId(Objects.requireNonNull(asked.getWorkflowId())),
                            "not wanted any more: stopped");
            throw unwanted;
        }
    }

    /// Experiments that are under way just now.
    int runningCount() {
        return running.get();
    }

    private ClusterReportJson report(ClusterTicketJson ticket, ActivityInfo asked, Pulse events)
            throws InterruptedException {
        String question = asked.getWorkflowRunId() + " " + ticket.order().sha256();
        Optional<ClusterReportJson> known = answered(question);
        if (known.isPresent()) {
            side.log().said(ticket.experiment(), "asked again: answered from memory");
            return known.get();
        }
        awaitSlot();
        running.incrementAndGet();
        try {
            side.log().said(ticket.experiment(), "begun, attempt " + asked.getAttempt());
            ClusterReportJson report = carryOut(ticket, events, asked.getAttempt());
            if (report.told() instanceof Told.Result) {
                keep(question, report);
            }
            side.log().said(ticket.experiment(), "ended: " + report.outcome());
            return report;
        } finally {
            running.decrementAndGet();
            slots.release();
        }
    }

    /// What waits when the worker drains goes to another one.
    private void awaitSlot() throws InterruptedException {
        while (!slots.tryAcquire(pulse.toMillis(), TimeUnit.MILLISECONDS)) {
            if (isDraining) {
                throw new LabFaultException("the worker takes no more");
            }
        }
    }

    /// Begins nothing any more.
    void drain() {
        isDraining = true;
    }

    boolean isDraining() {
        return isDraining;
    }

    private synchronized Optional<ClusterReportJson> answered(String question) {
        return Optional.ofNullable(answered.get(question));
    }

    private synchronized void keep(String question, ClusterReportJson report) {
        answered.put(question, report);
    }

    private ClusterReportJson carryOut(ClusterTicketJson ticket, Pulse events, int attempt) {
        ClusterOrderJson order = desk.order(ticket);
        List<ClipId> lacked = fetchClips(order);
        return lacked.isEmpty()
                ? desk.report(
                        ticket, side.evaluator().evaluate(order.experiment(), events), attempt)
                : desk.report(ticket, "lacks clips", new Told.LackedClips(lacked));
    }

    /// Those that are neither here nor among the artifacts.
    private List<ClipId> fetchClips(ClusterOrderJson order) {
        List<ClipId> lacked = new ArrayList<>();
        for (Clip clip : order.experiment().clips()) {
            if (side.clips().has(clip)) {
                continue;
            }
            List<ArtifactId> pieces = order.parcels().get(clip.id());
            if (pieces == null) {
                lacked.add(clip.id());
                continue;
            }
            try (InputStream file = new PieceStream(pieces, side.artifacts())) {
                side.clips().take(clip, file);
            } catch (IOException failure) {
                throw new LabFaultException(clip.name() + ": cannot be fetched", failure);
            }
        }
        return lacked;
    }
}
