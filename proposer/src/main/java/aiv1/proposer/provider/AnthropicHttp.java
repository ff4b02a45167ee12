package aiv1.proposer.provider;

import aiv1.proposer.model.ModelException;
import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpRequestBody;
import com.anthropic.core.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// The SDK's way to the wire, so that its calls have our deadlines, interrupts and limits; its own
/// (OkHttp) reads lines of any length and answers no interrupt. Failures come as
/// [Failures.Carrier].
final class AnthropicHttp implements HttpClient {
    /// What the client of the JDK sets itself.
    private static final Set<String> RESTRICTED =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "content-type");

    private final Transport transport;
    private final Duration timeout;

    AnthropicHttp(Transport transport, Duration timeout) {
        this.transport = transport;
        this.timeout = timeout;
    }

    @Override
    public HttpResponse execute(HttpRequest request, RequestOptions options) {
        try {
            return new Answer(transport.open(translated(request), Deadline.in(timeout)));
        } catch (ModelException failure) {
            throw new Failures.Carrier(failure);
        }
    }

    /// Nobody asks for this: a call waits for its reply.
    @Override
    public CompletableFuture<HttpResponse> executeAsync(
            HttpRequest request, RequestOptions options) {
        return CompletableFuture.supplyAsync(() -> execute(request, options));
    }

    private static java.net.http.HttpRequest translated(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder =
                java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
        Headers headers = request.headers();
        for (String name : headers.names()) {
            if (!RESTRICTED.contains(name.toLowerCase(Locale.ROOT))) {
                headers.values(name).forEach(value -> builder.header(name, value));
            }
        }
        BodyPublisher body = BodyPublishers.noBody();
        if (request.body().isPresent()) {
            try (HttpRequestBody sent = request.body().get()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                sent.writeTo(bytes);
                body = BodyPublishers.ofByteArray(bytes.toByteArray());
                builder.header("content-type", String.valueOf(sent.contentType()));
            }
        }
        return builder.method(request.method().name(), body).build();
    }

    @Override
    public void close() {
        transport.close();
    }

    /// An answer in the SDK's terms.
    private static final class Answer implements HttpResponse {
        private final Transport.Opened opened;
        private final Headers headers;

        Answer(Transport.Opened opened) {
            this.opened = opened;
            Headers.Builder builder = Headers.builder();
            opened.headers().map().forEach(builder::put);
            this.headers = builder.build();
        }

        @Override
        public int statusCode() {
            return opened.status();
        }

        @Override
        public Headers headers() {
            return headers;
        }

        @Override
        public InputStream body() {
            return opened.body();
        }

        @Override
        public void close() {
            opened.close();
        }
    }
}
