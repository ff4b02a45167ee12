package aiv1.sandbox;

import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Usage;
import java.util.List;

/// What came of a decoder: all frames, or why not.
public sealed interface DecodeResult {
    /// Every frame of the clip came, each of the right size.
    record Decoded(int frameCount, Usage usage, List<String> labels) implements DecodeResult {}

    record Stopped(NotMeasured outcome) implements DecodeResult {}
}
