package aiv1.cluster.temporal;

import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RunOutcome;
import aiv1.wire.ClusterOrderJson;
import aiv1.wire.ClusterReportJson;
import aiv1.wire.ClusterReportJson.Told;
import aiv1.wire.ClusterTicketJson;
import aiv1.wire.ExperimentJson;
import aiv1.wire.Json;
import aiv1.wire.JsonFormatException;
import java.nio.charset.StandardCharsets;

/// The paper side of a worker: takes orders from the artifacts, and puts results there.
record Desk(WorkerSide side) {
    /// What a ticket names.
    ClusterOrderJson order(ClusterTicketJson ticket) {
        byte[] bytes =
                side.artifacts()
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

    ClusterReportJson report(ClusterTicketJson ticket, String outcome, Told told) {
        return new ClusterReportJson(
                ticket.experiment(), ticket.order(), side.name(), outcome, told);
    }

    /// Stores a result that was come to in attempt number `attempt` (> 0). One that the lab itself
    /// is to blame for is none.
    ClusterReportJson report(ClusterTicketJson ticket, ExperimentResult made, int attempt) {
        if (made.stopper().isPresent()) {
            switch (made.stopper().get()) {
                case RunOutcome.LabFault fault ->
                        throw new LabFaultException(fault.failure().summary());
                case RunOutcome.Cancelled cancelled ->
                        throw new LabFaultException("the worker was stopped");
                default -> {}
            }
        }
        ExperimentResult result = made.withProvenance(made.provenance().atAttempt(attempt));
        byte[] document = Json.line(ExperimentJson.write(result)).getBytes(StandardCharsets.UTF_8);
        return report(
                ticket, result.outcomeLabel(), new Told.Result(side.artifacts().put(document)));
    }
}
