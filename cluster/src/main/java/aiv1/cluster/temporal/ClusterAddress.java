package aiv1.cluster.temporal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a Temporal server is, and which of its namespaces is the lab's: the only address that
/// campaigns and workers need to know.
public record ClusterAddress(String host, int port, String namespace) {
    private static final String SCHEME = "temporal";
    private static final int USUAL_PORT = 7233;
    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

    /// Reads `temporal://HOST:PORT/NAMESPACE`. Throws [IllegalArgumentException] for anything else.
    public static ClusterAddress parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException wrong) {
            throw unexpected(text, wrong);
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        String namespace = path.startsWith("/") ? path.substring(1) : path;
        if (!SCHEME.equals(uri.getScheme())
                || uri.getHost() == null
                || uri.getUserInfo() != null
                || uri.getQuery() != null
                || uri.getFragment() != null
                || !NAMESPACE.matcher(namespace).matches()) {
            throw unexpected(text, null);
        }
        return new ClusterAddress(
                uri.getHost(), uri.getPort() < 0 ? USUAL_PORT : uri.getPort(), namespace);
    }

    private static IllegalArgumentException unexpected(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "cluster: expected temporal://HOST:PORT/NAMESPACE, got '" + text + "'", cause);
    }

    String target() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return SCHEME + "://" + target() + "/" + namespace;
    }
}
