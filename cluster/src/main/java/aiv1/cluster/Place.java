package aiv1.cluster;

import java.net.InetAddress;
import java.net.URI;

/// Where one worker is: the URL as it was given, and which of its host's addresses this one has.
/// Requests go to the address and name the host, so that one name may stand for many workers, and a
/// certificate is still that of the name.
public record Place(URI base, InetAddress address) {
    /// Such as `http://workers:8080 (10.0.0.3)`; the URL alone where it is an address itself.
    @Override
    public String toString() {
        return base.getHost().equals(literal()) ? base.toString() : base + " (" + literal() + ")";
    }

    private String literal() {
        String text = address.getHostAddress();
        return text.contains(":") ? "[" + text + "]" : text;
    }
}
