package aiv1.domain.campaign;

import aiv1.domain.experiment.ExperimentId;
import java.time.Instant;

/// A recorded result that is not to be believed any more, and why. The result stays as it is.
public record Flag(ExperimentId experiment, Instant at, String reason) {}
