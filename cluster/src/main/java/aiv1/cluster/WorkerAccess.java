package aiv1.cluster;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/// With what workers are asked: the token that they want to hear, the keys and trusted certificates
/// for `https` (absent: the machine's own), and who hears of each request.
public record WorkerAccess(
        Optional<String> token, Optional<SSLContext> tls, RequestListener requests) {
    /// What a worker on this machine needs.
    public static final WorkerAccess NONE =
            new WorkerAccess(Optional.empty(), Optional.empty(), RequestListener.NONE);

    @Override
    public String toString() {
        return "WorkerAccess[token %s, TLS %s]"
                .formatted(
                        token.isPresent() ? "given" : "none", tls.isPresent() ? "given" : "usual");
    }
}
