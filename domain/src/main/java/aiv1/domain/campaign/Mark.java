package aiv1.domain.campaign;

import java.time.Instant;

/// What somebody did through the page: starred, wrote a note, asked a campaign to stop; or a flag,
/// which the lab itself sets on a result that is not to be believed any more. Never changed once
/// recorded, so that they are the log of who did what.
///
/// `target` is the id of an experiment or campaign, `by` where the request came from, `text` a
/// note's text, a flag's reason, the id of a rerun, or empty; `key` unique: the same key is
/// recorded once.
public record Mark(Instant at, String action, String target, String by, String text, String key) {
    public static final int TEXT_LENGTH_MAX = 4000;

    /// The action of a [Flag].
    public static final String FLAG = "flag";

    /// The action of asking for an experiment once more; the text is the new one's id.
    public static final String RERUN = "rerun";

    public Mark {
        if (text.length() > TEXT_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "text: expected at most %d characters, got %d"
                            .formatted(TEXT_LENGTH_MAX, text.length()));
        }
    }
}
