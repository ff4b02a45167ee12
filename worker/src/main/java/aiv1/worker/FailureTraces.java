package aiv1.worker;

import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunOutcome.NotMeasured;
import java.nio.charset.StandardCharsets;

/// Keeps what a failed stage wrote as an artifact of its own, and leaves the end of it in the
/// result.
final class FailureTraces {
    /// Longest text that a result carries itself, in UTF-16 units.
    static final int TAIL_LENGTH = 4096;

    private final ArtifactStore artifacts;

    FailureTraces(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    RunOutcome keep(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Measured measured -> measured;
            case NotMeasured failed -> keep(failed);
        };
    }

    NotMeasured keep(NotMeasured outcome) {
        Failure failure = outcome.failure();
        String written = failure.stderrTail();
        String report = failure.summary() + "\n\n" + failure.message() + "\n\n" + written;
        int from = Math.max(0, written.length() - TAIL_LENGTH);
        return outcome.withFailure(
                failure.withStderrTail(written.substring(from))
                        .withTrace(artifacts.put(report.getBytes(StandardCharsets.UTF_8))));
    }
}
