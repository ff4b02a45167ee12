package aiv1.domain.experiment;

import java.util.Locale;
import java.util.regex.Pattern;

/// The name of a campaign: lower-case letters, digits and dashes, at most 60.
public record CampaignId(String value) {
    private static final Pattern SAFE = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

    public CampaignId {
        if (!SAFE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "campaign id: expected lower-case letters, digits and dashes, got '"
                            + value
                            + "'");
        }
    }

    /// The id of its experiment number `index` (0-based): the same one whenever it is asked for.
    public ExperimentId experimentId(int index) {
        return new ExperimentId(String.format(Locale.ROOT, "%s.%04d", value, index));
    }

    @Override
    public String toString() {
        return value;
    }
}
