package aiv1.cluster.temporal;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/// One experiment at a cluster; its id is the experiment's.
@WorkflowInterface
public interface ExperimentWorkflow {
    String TYPE = "experiment";

    /// Takes a ticket ([aiv1.wire.ClusterTicketJson]) and gives the report on it
    /// ([aiv1.wire.ClusterReportJson]).
    @WorkflowMethod(name = TYPE)
    String carryOut(String ticket);
}
