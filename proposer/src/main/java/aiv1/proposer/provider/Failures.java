package aiv1.proposer.provider;

import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says why there is no reply from one server, in words that carry neither the key nor control
/// characters.
final class Failures {
    private static final int TEXT_LENGTH_MAX = 300;

    private final String where;
    private final Secret secret;

    /// A user and a password in the address of the server are not repeated.
    Failures(String provider, URI server, Secret secret) {
        this(
                "%s at %s%s"
                        .formatted(
                                provider,
                                server.getHost(),
                                server.getPort() < 0 ? "" : ":" + server.getPort()),
                secret);
    }

    Failures(String where, Secret secret) {
        this.where = where;
        this.secret = secret;
    }

    ModelException of(Kind kind, String what) {
        return of(kind, what, Optional.empty());
    }

    ModelException of(Kind kind, String what, Optional<Duration> retryAfter) {
        return new ModelException(kind, where + ": " + presentable(what), retryAfter);
    }

    /// What a broken connection, a deadline or an interrupt means before a reply began to arrive.
    /// The whole chain of causes is looked at, for libraries wrap what they are thrown.
    ModelException of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case Carrier carrier -> {
                    return carrier.failure();
                }
                case InterruptedIOException _, InterruptedException _ -> {
                    return interrupted();
                }
                case HttpConnectTimeoutException _ -> {
                    return of(Kind.UNREACHABLE, "no connection within the time for it");
                }
                case HttpTimeoutException late -> {
                    return of(Kind.TIMED_OUT, "no reply: " + late.getMessage());
                }
                case ProtocolException garbled -> {
                    return of(Kind.NOT_A_MODEL_SERVER, "expected HTTP: " + garbled.getMessage());
                }
                default -> {}
            }
        }
        return of(Kind.UNREACHABLE, "no reply: " + words(thrown));
    }

    ModelException interrupted() {
        return of(Kind.INTERRUPTED, "interrupted while waiting for the reply");
    }

    /// What an answer with another status than 2xx means. `body` may be its beginning only. What
    /// names no status of HTTP has one that means the same.
    ModelException of(int status, String body, Optional<Duration> retryAfter) {
        String text = ErrorText.of(body);
        String what = "HTTP %d%s".formatted(status, text.isEmpty() ? "" : ": " + text);
        return of(kind(status, body), what, retryAfter);
    }

    /// A page of HTML comes from something that stands where the model should be, except where a
    /// gateway in front of it speaks of the same trouble. Who must pay first (402) is refused.
    private static Kind kind(int status, String body) {
        String start = body.stripLeading();
        boolean page = start.startsWith("<");
        boolean object = start.startsWith("{");
        return switch (status) {
            case 401, 402, 403 -> page ? Kind.NOT_A_MODEL_SERVER : Kind.KEY_REFUSED;
            case 404 -> object || start.isEmpty() ? Kind.UNKNOWN_MODEL : Kind.NOT_A_MODEL_SERVER;
            case 408, 504 -> Kind.TIMED_OUT;
            case 413 -> Kind.REQUEST_REFUSED;
            case 424 -> Kind.SERVER_ERROR;
            // An account without money is told so with the status of a rate limit: waiting is vain.
            case 429 -> body.contains("insufficient_quota") ? Kind.KEY_REFUSED : Kind.RATE_LIMITED;
            case 503, 529 -> Kind.OVERLOADED;
            default -> {
                if (status >= 500) {
                    yield Kind.SERVER_ERROR;
                }
                yield status >= 400 && !page ? Kind.REQUEST_REFUSED : Kind.NOT_A_MODEL_SERVER;
            }
        };
    }

    private static String words(Throwable thrown) {
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        @Nullable String message = last.getMessage();
        String name = last.getClass().getSimpleName();
        return message == null ? name : name + ": " + message;
    }

    private String presentable(String text) {
        String hidden = secret.hideIn(text).replaceAll("[\\p{Cc}\\p{Cf}]+", " ").strip();
        return hidden.length() <= TEXT_LENGTH_MAX
                ? hidden
                : hidden.substring(0, TEXT_LENGTH_MAX) + "...";
    }

    /// Takes a failure through a library that knows no checked exceptions of ours.
    static final class Carrier extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final ModelException failure;

        Carrier(ModelException failure) {
            super(failure.kind().name().toLowerCase(Locale.ROOT), failure);
            this.failure = failure;
        }

        ModelException failure() {
            return failure;
        }
    }
}
