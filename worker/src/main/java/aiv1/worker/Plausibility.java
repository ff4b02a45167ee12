package aiv1.worker;

import aiv1.domain.experiment.BdEntry;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.Stage;
import aiv1.domain.rd.BdRate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Results too good to be true are set aside with the reason, not ranked: somebody should look
/// first.
final class Plausibility {
    /// Less than it takes to start Python and read one frame.
    static final Duration ENCODE_WALL_TIME_MIN = Duration.ofMillis(10);

    /// A fifth of the anchor's bits at equal quality: several generations beyond any published
    /// codec.
    static final double BD_RATE_PERCENT_MIN = -80;

    private Plausibility() {}

    static Optional<RunOutcome> objection(Measurement measurement) {
        if (measurement.encode().wall().compareTo(ENCODE_WALL_TIME_MIN) >= 0) {
            return Optional.empty();
        }
        return Optional.of(
                quarantined(
                        "the encoder took %d ms: expected at least %d, the time to read the frames"
                                .formatted(
                                        measurement.encode().wall().toMillis(),
                                        ENCODE_WALL_TIME_MIN.toMillis())));
    }

    /// Looks at a whole experiment: bitstreams that two clips share, and savings beyond belief.
    static Optional<RunOutcome.NotMeasured> objection(List<RunResult> runs, List<BdEntry> bdRates) {
        Map<String, String> clipOfBitstream = new HashMap<>();
        for (RunResult run : runs) {
            Optional<Measurement> numbers = run.outcome().numbers();
            if (numbers.isEmpty()) {
                continue;
            }
            String other =
                    clipOfBitstream.putIfAbsent(numbers.get().bitstream().sha256(), run.clip());
            if (other != null && !other.equals(run.clip())) {
                return Optional.of(
                        quarantined(
                                "%s and %s gave the same bitstream: expected one per clip"
                                        .formatted(other, run.clip())));
            }
        }
        for (BdEntry entry : bdRates) {
            if (entry.bdRate() instanceof BdRate.Percent percent
                    && percent.percent() < BD_RATE_PERCENT_MIN) {
                return Optional.of(
                        quarantined(
                                "%s: BD-rate %.1f %% against %s: below %.0f %% nothing is believed unseen"
                                        .formatted(
                                                entry.clip(),
                                                percent.percent(),
                                                entry.anchor(),
                                                BD_RATE_PERCENT_MIN)));
            }
        }
        return Optional.empty();
    }

    private static RunOutcome.NotMeasured quarantined(String message) {
        return new RunOutcome.Quarantined(
                Failure.of(Stage.VERIFY, FailureCategory.IMPLAUSIBLE, message));
    }
}
