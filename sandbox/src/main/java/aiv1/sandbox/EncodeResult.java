package aiv1.sandbox;

import aiv1.domain.experiment.RunOutcome.NotMeasured;
import aiv1.domain.experiment.Usage;
import java.util.List;

/// What came of an encoder: a bitstream, or why there is none.
public sealed interface EncodeResult {
    /// `labels` are remarks that go with the result.
    record Encoded(byte[] bitstream, Usage usage, List<String> labels) implements EncodeResult {}

    record Stopped(NotMeasured outcome) implements EncodeResult {}
}
