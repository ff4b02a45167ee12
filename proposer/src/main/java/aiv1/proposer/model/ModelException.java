package aiv1.proposer.model;

import java.time.Duration;
import java.util.Optional;

/// Why there is no reply. Never carries a key.
public final class ModelException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient Optional<Duration> retryAfter;

    /// What is wrong, and whether asking again may help.
    public enum Kind {
        NO_KEY(false),
        KEY_REFUSED(false),
        UNKNOWN_MODEL(false),
        /// The request was not understood or is too long: the same request will not be either.
        REQUEST_REFUSED(false),
        /// Something answers there that speaks no known protocol.
        NOT_A_MODEL_SERVER(false),
        /// No recorded reply for this question.
        NOT_RECORDED(false),
        RATE_LIMITED(true),
        OVERLOADED(true),
        SERVER_ERROR(true),
        UNREACHABLE(true),
        TIMED_OUT(true),
        INTERRUPTED(false);

        private final boolean mayPass;

        Kind(boolean mayPass) {
            this.mayPass = mayPass;
        }

        public boolean mayPass() {
            return mayPass;
        }
    }

    public ModelException(Kind kind, String message) {
        this(kind, message, Optional.empty());
    }

    public ModelException(Kind kind, String message, Optional<Duration> retryAfter) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /// How long the provider asked to be left alone.
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
