package aiv1.domain.campaign;

/// A proposer has no proposal now. It is no failure of a codec, and uses up no experiment.
public final class NoProposalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /// What it means for the campaign.
    public enum Kind {
        /// Whoever proposes does not answer, or not usably: the campaign pauses.
        UNAVAILABLE,
        /// The money or the tokens that may be spent are spent: the campaign ends.
        BUDGET_USED,
        /// Somebody stopped the wait.
        INTERRUPTED
    }

    public NoProposalException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// The message, which is always there.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
