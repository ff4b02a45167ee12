package aiv1.cluster.temporal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a Temporal server is, and which of its namespaces is the lab's: the only address that
/// campaigns and workers need to know. `isEncrypted` for a server that speaks TLS.
public record ClusterAddress(String host, int port, String namespace, boolean isEncrypted) {
    private static final String SCHEME = "temporal";
    private static final String ENCRYPTED_SCHEME = "temporals";
    private static final int USUAL_PORT = 7233;
    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

    /// Of a server that does not speak TLS.
    public ClusterAddress(String host, int port, String namespace) {
        this(host, port, namespace, false);
    }

    /// Reads `temporal://HOST:PORT/NAMESPACE`, with TLS `temporals://...`. Throws
    /// [IllegalArgumentException] for anything else.
    public static ClusterAddress parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException wrong) {
            throw unexpected(text, wrong);
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        String namespace = path.startsWith("/") ? path.substring(1) : path;
        boolean isEncrypted = ENCRYPTED_SCHEME.equals(uri.getScheme());
        if (!(isEncrypted || SCHEME.equals(uri.getScheme()))
                || uri.getHost() == null
                || uri.getUserInfo() != null
                || uri.getQuery() != null
                || uri.getFragment() != null
                || !NAMESPACE.matcher(namespace).matches()) {
            throw unexpected(text, null);
        }
        return new ClusterAddress(
                uri.getHost(),
                uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
                namespace,
                isEncrypted);
    }

    private static IllegalArgumentException unexpected(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "cluster: expected temporal://HOST:PORT/NAMESPACE, or temporals:// with TLS, got '"
                        + text
                        + "'",
                cause);
    }

    String target() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return (isEncrypted ? ENCRYPTED_SCHEME : SCHEME) + "://" + target() + "/" + namespace;
    }
}
