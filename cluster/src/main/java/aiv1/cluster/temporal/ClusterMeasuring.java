package aiv1.cluster.temporal;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RunOutcome;
import aiv1.wire.ClusterOrderJson;
import aiv1.wire.ClusterReportJson;
import aiv1.wire.ClusterTicketJson;
import aiv1.wire.ExperimentJson;
import aiv1.wire.Json;
import aiv1.wire.JsonFormatException;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// Carries out what a cluster asks of this worker. Thread-safe.
///
/// While an experiment runs, a sign of life goes out each second, and its answer tells whether
/// anybody still wants the result: if not, the experiment is interrupted, which ends its sandboxes.
/// A candidate's failure is a report like any other; only the lab's own fault is a failure here, so
/// that only that is tried again. Who is asked once more by the same workflow, because the server
/// forgot the answer, answers at once.
final class ClusterMeasuring implements MeasuringActivity {
    private static final int ANSWERED_COUNT_MAX = 200;

    /// As long as ending the sandboxes of an experiment may take.
    private static final Duration ENDING_TIME_MAX = Duration.ofSeconds(20);

    private final WorkerSide side;
    private final Duration pulse;
    private final AtomicInteger running = new AtomicInteger();
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
        this.pulse = pulse;
    }

    @Override
    public String measure(String text) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        int attempt = context.getInfo().getAttempt();
        try {
            ClusterTicketJson ticket = ClusterTicketJson.read(text);
            Optional<ClusterReportJson> known = answered(question(ticket, context));
            if (known.isPresent()) {
                side.log().said(ticket.experiment(), "asked again: answered from memory");
                return known.get().write();
            }
            side.log().said(ticket.experiment(), "begun, attempt " + attempt);
            running.incrementAndGet();
            ClusterReportJson report;
            try {
                report = carryOut(ticket, context, attempt);
            } finally {
                running.decrementAndGet();
            }
            side.log().said(ticket.experiment(), "ended: " + report.outcome());
            return report.write();
        } catch (JsonFormatException wrong) {
            throw ApplicationFailure.newNonRetryableFailure(
                    String.valueOf(wrong.getMessage()), Faults.REFUSED);
        } catch (LabFaultException fault) {
            throw ApplicationFailure.newFailure(
                    side.name() + ": " + fault.getMessage(), Faults.LAB_FAULT);
        }
    }

    /// Experiments that are under way just now.
    int runningCount() {
        return running.get();
    }

    private static String question(ClusterTicketJson ticket, ActivityExecutionContext context) {
        return context.getInfo().getWorkflowRunId() + " " + ticket.order().sha256();
    }

    private synchronized Optional<ClusterReportJson> answered(String question) {
        return Optional.ofNullable(answered.get(question));
    }

    private ClusterReportJson carryOut(
            ClusterTicketJson ticket, ActivityExecutionContext context, int attempt) {
        Pulse events = new Pulse(side.name());
        // All that may take long is there, a store that is slow too: signs of life go out
        // meanwhile.
        FutureTask<ClusterReportJson> work =
                new FutureTask<>(() -> report(ticket, order(ticket), events, attempt));
        Thread worker = Thread.ofPlatform().name("experiment " + ticket.experiment()).start(work);
        ClusterReportJson report = await(ticket, work, worker, context, events);
        synchronized (this) {
            if (report.result().isPresent()) {
                answered.put(question(ticket, context), report);
            }
        }
        return report;
    }

    private ClusterOrderJson order(ClusterTicketJson ticket) {
        ArtifactStore artifacts = side.artifacts();
        byte[] bytes =
                artifacts
                        .find(ticket.order())
                        .orElseThrow(
                                () ->
                                        new LabFaultException(
                                                "order %s of %s: expected it among the artifacts, got none: do campaign and worker share them?"
                                                        .formatted(
                                                                ticket.order().sha256(),
                                                                ticket.experiment())));
        ClusterOrderJson order = ClusterOrderJson.read(bytes);
        if (!order.experiment().id().equals(ticket.experiment())) {
            throw new JsonFormatException(
                    "cluster order",
                    "experiment " + ticket.experiment(),
                    order.experiment().id().value());
        }
        return order;
    }

    private ClusterReportJson report(
            ClusterTicketJson ticket, ClusterOrderJson order, Pulse events, int attempt) {
        List<ClipId> lacked = fetchClips(order);
        if (!lacked.isEmpty()) {
            return new ClusterReportJson(
                    ticket.experiment(),
                    ticket.order(),
                    side.name(),
                    Optional.empty(),
                    "lacks clips",
                    lacked);
        }
        ExperimentResult made = side.evaluator().evaluate(order.experiment(), events);
        if (made.stopper().isPresent()
                && made.stopper().get() instanceof RunOutcome.LabFault fault) {
            throw new LabFaultException(fault.failure().summary());
        }
        ExperimentResult result =
                new ExperimentResult(
                        made.experiment(),
                        made.verdict(),
                        made.runs(),
                        made.bdRates(),
                        made.decoderBytes(),
                        made.build(),
                        made.provenance().atAttempt(attempt),
                        made.startedAt(),
                        made.stages(),
                        made.finishedAt());
        byte[] document = Json.line(ExperimentJson.write(result)).getBytes(StandardCharsets.UTF_8);
        return new ClusterReportJson(
                ticket.experiment(),
                ticket.order(),
                side.name(),
                Optional.of(side.artifacts().put(document)),
                result.outcomeLabel(),
                List.of());
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

    /// Waits for the end of the work, with a sign of life each second; ends it when nobody wants it
    /// any more.
    private ClusterReportJson await(
            ClusterTicketJson ticket,
            FutureTask<ClusterReportJson> work,
            Thread worker,
            ActivityExecutionContext context,
            Pulse events) {
        while (true) {
            try {
                context.heartbeat(events.text());
                if (isDone(work)) {
                    return work.get();
                }
            } catch (ActivityCompletionException unwanted) {
                side.log().said(ticket.experiment(), "not wanted any more: stopped");
                end(worker);
                throw unwanted;
            } catch (InterruptedException shutdown) {
                end(worker);
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
    private boolean isDone(FutureTask<ClusterReportJson> work)
            throws InterruptedException, ExecutionException {
        try {
            work.get(pulse.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException running) {
            return false;
        }
    }

    private static void end(Thread worker) {
        worker.interrupt();
        try {
            worker.join(ENDING_TIME_MAX);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }
}
