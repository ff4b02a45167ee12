package aiv1.cluster.temporal;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/// What a worker of a cluster does for an experiment that passed screening.
@ActivityInterface
public interface MeasuringActivity {
    String MEASURE = "measure";

    /// Takes a ticket ([aiv1.wire.ClusterTicketJson]), carries out the experiment and gives the
    /// report on it ([aiv1.wire.ClusterReportJson]). Only the lab's own faults are failures.
    @ActivityMethod(name = MEASURE)
    String measure(String ticket);
}
