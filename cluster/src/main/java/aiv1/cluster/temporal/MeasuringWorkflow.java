package aiv1.cluster.temporal;

import aiv1.wire.ClusterReportJson;
import aiv1.wire.ClusterTicketJson;
import aiv1.wire.JsonFormatException;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Map;

/// Has one experiment measured by whichever worker looks at its queue first, and by another one
/// when that worker is lost or the lab failed there.
///
/// It decides from its ticket and from what it was told, and from nothing else, so that it can be
/// replayed.
public final class MeasuringWorkflow implements ExperimentWorkflow {
    static final int ATTEMPT_COUNT_MAX = 5;

    /// Much longer than the limits of an experiment allow: a worker ends it before.
    private static final Duration MEASURING_TIME_MAX = Duration.ofHours(24);

    @Override
    public String carryOut(String text) {
        String report =
                Workflow.newUntypedActivityStub(options(read(text)))
                        .execute(MeasuringActivity.MEASURE, String.class, text);
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

    private static String outcome(String report) {
        try {
            return ClusterReportJson.read(report).outcome();
        } catch (JsonFormatException wrong) {
            // Whoever asked refuses it, and says so.
            return "no report";
        }
    }

    private static ActivityOptions options(ClusterTicketJson ticket) {
        ClusterTimes times = ClusterTimes.USUAL;
        return ActivityOptions.newBuilder()
                .setTaskQueue(ticket.queue())
                .setStartToCloseTimeout(MEASURING_TIME_MAX)
                .setHeartbeatTimeout(times.silenceMax())
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
    }
}
