package aiv1.proposer.provider;

import aiv1.proposer.model.ModelException;
import aiv1.proposer.model.ModelException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The way to one server. It sends once, follows no redirect (that would carry the key elsewhere)
/// and speaks HTTP/1.1, for servers of local models stumble over the offer of HTTP/2.
final class Transport implements AutoCloseable {
    private static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(20);
    private static final int ERROR_LENGTH_MAX = 64 << 10;

    private final HttpClient http = client();
    private final Failures failures;

    /// An answer that began well.
    record Opened(int status, HttpHeaders headers, ArrivingBody body) implements AutoCloseable {
        @Override
        public void close() {
            body.close();
        }
    }

    Transport(Failures failures) {
        this.failures = failures;
    }

    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIME_MAX)
                .build();
    }

    /// Refuses what is not the address of a web server.
    static URI require(URI server) {
        String scheme = String.valueOf(server.getScheme());
        if (!(scheme.equals("http") || scheme.equals("https")) || server.getHost() == null) {
            throw new IllegalArgumentException(
                    "base URL: expected http:// or https:// and a host, got scheme "
                            + scheme
                            + " and host "
                            + server.getHost());
        }
        return server;
    }

    /// The address of `path` below `server`, whether or not that ends with a slash.
    static URI below(URI server, String path) {
        String base = server.toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + path);
    }

    /// Sends and waits for the head of the answer. Any other status than 2xx is a failure, and so
    /// is a page for people.
    Opened open(HttpRequest request, Deadline deadline) throws ModelException {
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(request, deadline);
        ArrivingBody body = new ArrivingBody(deadline);
        response.body().subscribe(body);
        if (response.statusCode() / 100 != 2) {
            throw refusal(response, body);
        }
        if (isPage(response.headers())) {
            body.close();
            throw failures.of(Kind.NOT_A_MODEL_SERVER, "expected a model, got a page of HTML");
        }
        return new Opened(response.statusCode(), response.headers(), body);
    }

    static boolean isPage(HttpHeaders headers) {
        return headers.firstValue("content-type")
                .filter(type -> type.regionMatches(true, 0, "text/html", 0, 9))
                .isPresent();
    }

    private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(
            HttpRequest request, Deadline deadline) throws ModelException {
        CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> sent =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofPublisher());
        try {
            return sent.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw failures.interrupted();
        } catch (TimeoutException late) {
            sent.cancel(true);
            throw failures.of(Kind.TIMED_OUT, "no reply within " + deadline.whole());
        } catch (ExecutionException failed) {
            throw failures.of(failed);
        }
    }

    private ModelException refusal(HttpResponse<?> response, ArrivingBody body) {
        String text;
        try (body) {
            text = new String(body.readNBytes(ERROR_LENGTH_MAX), StandardCharsets.UTF_8);
        } catch (IOException cut) {
            if (Thread.currentThread().isInterrupted()) {
                return failures.interrupted();
            }
            text = "";
        }
        return failures.of(
                response.statusCode(), text, RetryAfter.in(response.headers()::firstValue));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
