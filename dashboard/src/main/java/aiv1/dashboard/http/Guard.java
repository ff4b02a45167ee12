package aiv1.dashboard.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/// Who may ask, and what a browser may do with the answer.
///
/// On loopback a request must name the host as loopback, so that a page of another origin whose
/// name was made to point here gets nothing. Elsewhere everybody may read what the owner put on the
/// network, and only the token writes. A write from another origin's page is refused everywhere.
final class Guard {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final HeaderName FETCH_MODE = HeaderNames.create("Sec-Fetch-Mode");
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
                    + " media-src 'self' blob:; connect-src 'self'; font-src 'self';"
                    + " worker-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private final boolean isLoopback;
    private final Optional<String> token;

    Guard(boolean isLoopback, Optional<String> token) {
        this.isLoopback = isLoopback;
        this.token = token;
    }

    /// `open`, `token`, or `off` when nobody may write.
    String writes() {
        return token.isPresent() ? "token" : isLoopback ? "open" : "off";
    }

    static void harden(ServerResponse response) {
        response.header(HeaderValues.create("Content-Security-Policy", POLICY));
        response.header(HeaderValues.create("X-Content-Type-Options", "nosniff"));
        response.header(HeaderValues.create("Referrer-Policy", "no-referrer"));
        response.header(HeaderValues.create("Cross-Origin-Resource-Policy", "same-origin"));
        response.header(HeaderValues.create("Cross-Origin-Opener-Policy", "same-origin"));
    }

    void requireHost(ServerRequest request) {
        String host = request.headers().value(HeaderNames.HOST).orElse("");
        String name = host.replaceFirst(":\\d+$", "");
        if (isLoopback && !LOOPBACK_NAMES.contains(name)) {
            throw new Problem(
                    Status.FORBIDDEN_403,
                    "host: expected localhost or 127.0.0.1, got another name: this page is served to this machine only");
        }
    }

    /// A browser says when another site's page asks. Nothing it embeds is answered: making a video
    /// of a bitstream takes minutes of this machine. A link that leads here may be followed.
    void requireNoOtherSite(ServerRequest request) {
        boolean isOfOthers =
                request.headers().value(FETCH_SITE).filter("cross-site"::equals).isPresent();
        boolean isFollowed =
                request.headers().value(FETCH_MODE).filter("navigate"::equals).isPresent();
        if (isOfOthers && !isFollowed) {
            throw new Problem(
                    Status.FORBIDDEN_403, "expected a page of this server's, got another site's");
        }
    }

    void requireWriter(ServerRequest request) {
        Optional<String> origin = request.headers().value(HeaderNames.ORIGIN);
        String host = request.headers().value(HeaderNames.HOST).orElse("");
        if (origin.isPresent() && !host.equals(authority(origin.get()))) {
            throw new Problem(
                    Status.FORBIDDEN_403, "origin: expected this page's own, got another");
        }
        if (token.isEmpty()) {
            if (!isLoopback) {
                throw new Problem(
                        Status.FORBIDDEN_403,
                        "this page is read-only: start it with a token (page-token) to write from elsewhere");
            }
            return;
        }
        String got = request.headers().value(HeaderNames.AUTHORIZATION).orElse("");
        if (!MessageDigest.isEqual(utf8("Bearer " + token.get()), utf8(got))) {
            throw new Problem(
                    Status.UNAUTHORIZED_401, "authorization: expected 'Bearer TOKEN' of this page");
        }
    }

    private static String authority(String origin) {
        try {
            return String.valueOf(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
