package aiv1.cluster.temporal;

import aiv1.wire.ClusterReportJson;
import aiv1.wire.ClusterReportJson.Told;
import aiv1.wire.ClusterTicketJson;
import aiv1.wire.JsonFormatException;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Has one experiment screened by whichever worker looks at that queue first, and, when nothing
/// stands against it, measured by whichever looks at the other; each time by another one when that
/// worker is lost or the lab failed there.
///
/// It decides from its ticket and from what it was told, and from nothing else, so that it can be
/// replayed.
public final class MeasuringWorkflow implements ExperimentWorkflow {
    static final int ATTEMPT_COUNT_MAX = 5;

    /// Much longer than a look at the sources of a whole batch may take.
    private static final Duration SCREENING_TIME_MAX = Duration.ofHours(1);

    /// Much longer than the limits of an experiment allow: a worker ends it before.
    private static final Duration MEASURING_TIME_MAX = Duration.ofHours(24);

    @Override
    public String carryOut(String text) {
        ClusterTicketJson ticket = read(text);
        String report =
                carryOut(
                        ScreeningActivity.SCREEN,
                        Queues.screening(ticket.queue()),
                        SCREENING_TIME_MAX,
                        text);
        if (isPassed(ticket, report)) {
            report = carryOut(MeasuringActivity.MEASURE, ticket.queue(), MEASURING_TIME_MAX, text);
        }
        Workflow.upsertMemo(Map.of(Memo.OUTCOME, outcome(report)));
        // Whoever handed it in knew whether the server has such attributes.
        if (Workflow.getTypedSearchAttributes().containsKey(Searchable.CAMPAIGN)) {
            Workflow.upsertTypedSearchAttributes(Searchable.OUTCOME.valueSet(outcome(report)));
        }
        return report;
    }

    private static ClusterTicketJson read(String text) {
        try {
            return ClusterTicketJson.read(text);
        } catch (JsonFormatException wrong) {
            throw ApplicationFailure.newNonRetryableFailure(
                    String.valueOf(wrong.getMessage()), Faults.REFUSED);
        }
    }

    /// False when the screening reports anything else, which whoever asked makes of what it can.
    private static boolean isPassed(ClusterTicketJson ticket, String text) {
        return report(text)
                .filter(report -> report.experiment().equals(ticket.experiment()))
                .filter(report -> report.order().equals(ticket.order()))
                .filter(report -> report.told() instanceof Told.Passed)
                .isPresent();
    }

    private static Optional<ClusterReportJson> report(String text) {
        try {
            return Optional.of(ClusterReportJson.read(text));
        } catch (JsonFormatException wrong) {
            // Whoever asked refuses it, and says so.
            return Optional.empty();
        }
    }

    private static String outcome(String text) {
        return report(text).map(ClusterReportJson::outcome).orElse("no report");
    }

    /// An activity by whichever worker looks at `queue`; gives its report on the ticket.
    private static String carryOut(String activity, String queue, Duration timeMax, String ticket) {
        ActivityOptions options =
                ActivityOptions.newBuilder()
                        .setTaskQueue(queue)
                        .setStartToCloseTimeout(timeMax)
                        .setHeartbeatTimeout(ClusterTimes.USUAL.silenceMax())
                        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                        .setDisableEagerExecution(true)
                        .setRetryOptions(
                                RetryOptions.newBuilder()
                                        .setInitialInterval(Duration.ofMillis(500))
                                        .setMaximumInterval(Duration.ofSeconds(10))
                                        .setMaximumAttempts(ATTEMPT_COUNT_MAX)
                                        .setDoNotRetry(Faults.REFUSED)
                                        .build())
                        .build();
        return Workflow.newUntypedActivityStub(options).execute(activity, String.class, ticket);
    }
}
