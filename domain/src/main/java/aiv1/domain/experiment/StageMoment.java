package aiv1.domain.experiment;

import java.time.Instant;

/// When an experiment came to a stage. `runCount` runs went through it together; 0 for a stage that
/// belongs to no run, such as the build.
public record StageMoment(Stage stage, int runCount, Instant at) {
    public StageMoment {
        if (runCount < 0) {
            throw new IllegalArgumentException(
                    "%s: run count: expected >= 0, got %d".formatted(stage.label(), runCount));
        }
    }
}
