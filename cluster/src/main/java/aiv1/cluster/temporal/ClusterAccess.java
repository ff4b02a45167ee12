package aiv1.cluster.temporal;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/// A Temporal server and what it wants to see of whoever comes: a certificate, an API key, both or
/// nothing.
///
/// `tls` has this side's keys and whom it trusts, instead of what the machine has; `key` is sent
/// with every call. Neither appears in text.
public record ClusterAccess(
        ClusterAddress address, Optional<SSLContext> tls, Optional<String> key) {
    /// Throws [IllegalArgumentException] for keys and certificates where nothing is encrypted.
    public ClusterAccess {
        if (!address.isEncrypted() && (tls.isPresent() || key.isPresent())) {
            throw new IllegalArgumentException(
                    "cluster: expected temporals://..., since %s is set, got %s"
                            .formatted(key.isPresent() ? "a key" : "a certificate", address));
        }
    }

    /// What a server sees that asks for nothing.
    public static ClusterAccess open(ClusterAddress address) {
        return new ClusterAccess(address, Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
