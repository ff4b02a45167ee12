package aiv1.worker.http;

import aiv1.domain.experiment.Provenance;
import aiv1.wire.WorkerHealthJson;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// Which worker this is: its build and programs, the process, and since when it has been running.
public record WorkerIdentity(Provenance provenance, long processId, Instant startedAt) {
    ObjectNode json(boolean isDraining) {
        return new WorkerHealthJson(
                        provenance.worker(),
                        provenance.build(),
                        processId,
                        isDraining,
                        startedAt,
                        Instant.now())
                .write();
    }
}
