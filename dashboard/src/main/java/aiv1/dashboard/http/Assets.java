package aiv1.dashboard.http;

import aiv1.domain.Sha256;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The page's own files, from the program; or from a folder that the property `aiv1.web` names, for
/// whoever works on them, read anew each time.
final class Assets {
    static final String FOLDER_PROPERTY = "aiv1.web";

    private static final Pattern SAFE =
            Pattern.compile("(?:[a-z0-9][a-z0-9._-]{0,60}/){0,4}[A-Za-z0-9][A-Za-z0-9._-]{0,80}");
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml",
                    "json", "application/json",
                    "txt", "text/plain; charset=utf-8");

    private final @Nullable String folder = System.getProperty(FOLDER_PROPERTY);
    private final Map<String, Asset> known = new ConcurrentHashMap<>();

    private record Asset(byte[] bytes, String tag, String type) {}

    /// `GET /web/...`
    void file(ServerRequest request, ServerResponse response) {
        send(request, response, request.path().rawPath().substring("/web/".length()));
    }

    /// The one document behind every page.
    void page(ServerRequest request, ServerResponse response) {
        send(request, response, "index.html");
    }

    private void send(ServerRequest request, ServerResponse response, String name) {
        Asset asset =
                find(name)
                        .orElseThrow(() -> Problem.notFound("no such file of the page's: " + name));
        Answers.tagged(
                request,
                response,
                asset.type(),
                "no-cache",
                "\"" + asset.tag() + "\"",
                asset.bytes());
    }

    private Optional<Asset> find(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !SAFE.matcher(name).matches()) {
            return Optional.empty();
        }
        Asset kept = known.get(name);
        if (kept != null) {
            return Optional.of(kept);
        }
        try (InputStream in = open(name)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            Asset asset = new Asset(bytes, Sha256.of(bytes).substring(0, 24), type);
            if (folder == null) {
                known.put(name, asset);
            }
            return Optional.of(asset);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private @Nullable InputStream open(String name) throws IOException {
        return folder == null
                ? Assets.class.getResourceAsStream("/aiv1/dashboard/web/" + name)
                : Files.newInputStream(Path.of(folder, name));
    }
}
