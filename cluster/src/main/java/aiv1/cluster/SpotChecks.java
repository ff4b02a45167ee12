package aiv1.cluster;

import aiv1.domain.Sha256;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Which results are measured again before they are believed, and who does it.
///
/// `share` (0 to 1) of the experiments, chosen by `secret` and their ids alone, so that a worker
/// cannot know which; by `own`, this machine's sandbox, or where it has none by another worker.
public record SpotChecks(double share, long secret, Optional<Remeasurement> own) {
    /// Nothing is measured again.
    public static final SpotChecks NONE = new SpotChecks(0, 0, Optional.empty());

    private static final int FRACTION_DIGITS = 13;

    public SpotChecks {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("spot checks: expected 0 to 1, got " + share);
        }
    }

    /// Only what was measured has numbers to check.
    public boolean isDue(ExperimentResult result) {
        return result.isMeasured() && isChosen(result.experiment().id());
    }

    /// Chance from a hash, so that neither order nor number of workers matters.
    boolean isChosen(ExperimentId id) {
        String text = secret + " " + id.value();
        String hash = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        long fraction = Long.parseLong(hash.substring(0, FRACTION_DIGITS), 16);
        return fraction < share * (1L << (4 * FRACTION_DIGITS));
    }
}
