package aiv1.cluster.temporal;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/// The first thing that a worker of a cluster does for an experiment.
@ActivityInterface
public interface ScreeningActivity {
    String SCREEN = "screen";

    /// Takes a ticket ([aiv1.wire.ClusterTicketJson]) and reports what the look at the source gave
    /// ([aiv1.wire.ClusterReportJson]): that it passed, or the result of an experiment that ends
    /// here.
    @ActivityMethod(name = SCREEN)
    String screen(String ticket);
}
