package aiv1.cluster.temporal;

import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.FailureCategory;
import aiv1.wire.ClusterPulseJson;
import aiv1.wire.ClusterTicketJson;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Tickets at the server: handed in, followed, taken back. A server that is away is waited for.
/// Thread-safe.
final class Tickets {
    private final Connection connection;
    private final String build;
    private final String capability;
    private final boolean isSearchable;
    private final ClusterTimes times;
    private final ClusterListener listener;

    Tickets(
            Connection connection,
            String build,
            String capability,
            boolean isSearchable,
            ClusterTimes times,
            ClusterListener listener) {
        this.connection = connection;
        this.build = build;
        this.capability = capability;
        this.isSearchable = isSearchable;
        this.times = times;
        this.listener = listener;
    }

    /// Where workers look that may carry out this campaign's experiments.
    String queue() {
        return Queues.measuring(build, capability);
    }

    /// Hands a ticket in, unless it is there already (`isNew`: whatever is there counts no more),
    /// and gives the report on it. An interrupt takes it back.
    String carryOut(Experiment experiment, ClusterTicketJson ticket, boolean isNew, Watch watch)
            throws InterruptedException, TicketException {
        ServerWait wait = new ServerWait(times.serverWait(), times.pollInterval(), listener);
        while (true) {
            try {
                WorkflowStub stub = start(experiment, ticket, isNew);
                wait.answered();
                return follow(stub, watch, wait);
            } catch (WorkflowServiceException | StatusRuntimeException away) {
                wait.away(away);
            }
        }
    }

    private WorkflowStub start(Experiment experiment, ClusterTicketJson ticket, boolean isNew) {
        WorkflowStub stub =
                connection
                        .client()
                        .newUntypedWorkflowStub(
                                ExperimentWorkflow.TYPE, options(experiment, ticket, isNew));
        try {
            stub.start(ticket.write());
            return stub;
        } catch (WorkflowExecutionAlreadyStarted there) {
            WorkflowStub known =
                    connection.client().newUntypedWorkflowStub(experiment.id().value());
            WorkflowExecutionDescription description = known.describe();
            boolean isOurs =
                    ticket.order().sha256().equals(memo(description, Memo.ORDER))
                            && build.equals(memo(description, Memo.BUILD));
            return isOurs ? known : start(experiment, ticket, true);
        }
    }

    private static String memo(WorkflowExecutionDescription description, String name) {
        return Objects.toString(description.getMemo(name, String.class), "");
    }

    private WorkflowOptions options(
            Experiment experiment, ClusterTicketJson ticket, boolean isNew) {
        WorkflowOptions.Builder options = WorkflowOptions.newBuilder();
        if (isSearchable) {
            options.setTypedSearchAttributes(Searchable.of(experiment));
        }
        return options.setWorkflowId(experiment.id().value())
                .setTaskQueue(Queues.deciding(build))
                .setWorkflowIdReusePolicy(
                        isNew
                                ? WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE
                                : WorkflowIdReusePolicy
                                        .WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
                .setWorkflowIdConflictPolicy(
                        isNew
                                ? WorkflowIdConflictPolicy
                                        .WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING
                                : WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setMemo(
                        Map.of(
                                Memo.CAMPAIGN,
                                experiment.campaign().map(CampaignId::value).orElse(""),
                                Memo.CANDIDATE,
                                experiment.proposal().candidate().id().sha256(),
                                Memo.BUILD,
                                build,
                                Memo.ORDER,
                                ticket.order().sha256()))
                .build();
    }

    private String follow(WorkflowStub stub, Watch watch, ServerWait wait)
            throws InterruptedException, TicketException {
        CompletableFuture<String> report = stub.getResultAsync(String.class);
        Duration unclaimed = Duration.ZERO;
        try {
            while (true) {
                try {
                    return report.get(times.pollInterval().toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException running) {
                    boolean isClaimed = look(stub, watch);
                    wait.answered();
                    unclaimed = isClaimed ? Duration.ZERO : unclaimed.plus(times.pollInterval());
                    requireWorkers(stub, unclaimed);
                } catch (ExecutionException ended) {
                    throw failure(ended.getCause());
                }
            }
        } catch (InterruptedException stopped) {
            takeBack(stub);
            throw stopped;
        } finally {
            report.cancel(true);
        }
    }

    /// Whether a worker has it just now.
    private static boolean look(WorkflowStub stub, Watch watch) {
        for (PendingActivityInfo activity :
                stub.describe().getRawDescription().getPendingActivitiesList()) {
            watch.seen(
                    activity.getActivityType().getName(),
                    Math.max(1, activity.getAttempt()),
                    activity.getHeartbeatDetails().getPayloadsList().stream()
                            .findFirst()
                            .flatMap(Tickets::text),
                    activity.getLastFailure().getMessage());
            return activity.getState() != PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED;
        }
        return true;
    }

    /// A sign of life is read when it is of a size that one has.
    private static Optional<String> text(Payload payload) {
        if (payload.getData().size() > 4 * ClusterPulseJson.LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    DefaultDataConverter.STANDARD_INSTANCE.fromPayload(
                            payload, String.class, String.class));
        } catch (DataConverterException garbage) {
            return Optional.empty();
        }
    }

    private void requireWorkers(WorkflowStub stub, Duration unclaimed) throws TicketException {
        if (unclaimed.compareTo(times.workerWait()) < 0
                || !ClusterPreflight.present(connection, queue(), build).isEmpty()) {
            return;
        }
        takeBack(stub);
        throw new TicketException(
                FailureCategory.WORKER_LOST,
                "cluster %s: nobody looked for work at %s in %d s: start a worker of build %s there"
                        .formatted(connection.address(), queue(), unclaimed.toSeconds(), build));
    }

    private void takeBack(WorkflowStub stub) {
        boolean wasInterrupted = Thread.interrupted();
        try {
            stub.cancel();
        } catch (WorkflowServiceException | StatusRuntimeException deaf) {
            listener.server("an experiment could not be taken back: " + deaf.getMessage());
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// What it means that a workflow ended without a report. Throws what says that the server could
    /// not be asked.
    private static TicketException failure(@Nullable Throwable cause) {
        if (!(cause instanceof WorkflowFailedException failed)) {
            throw switch (cause) {
                case WorkflowServiceException away -> away;
                case StatusRuntimeException away -> away;
                case null, default -> new IllegalStateException("following a ticket", cause);
            };
        }
        Throwable why =
                failed.getCause() instanceof ActivityFailure at ? at.getCause() : failed.getCause();
        return switch (why) {
            case CanceledFailure back ->
                    new TicketException(FailureCategory.CANCELLED, "taken back");
            case TimeoutFailure silent ->
                    new TicketException(
                            FailureCategory.WORKER_LOST,
                            "%d workers were lost, one after the other: %s"
                                    .formatted(
                                            MeasuringWorkflow.ATTEMPT_COUNT_MAX,
                                            silent.getOriginalMessage()));
            case ApplicationFailure fault ->
                    new TicketException(
                            FailureCategory.LAB_FAULT, String.valueOf(fault.getOriginalMessage()));
            case null, default ->
                    new TicketException(FailureCategory.LAB_FAULT, String.valueOf(why));
        };
    }
}
