package aiv1.cluster;

import aiv1.wire.Json;
import aiv1.wire.JsonFormatException;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webclient.spi.DnsResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/// Requests to one worker; whatever keeps an answer away is a [WorkerTroubleException] of its own
/// kind.
///
/// Each request has a connection of its own to the worker's one address, under the name that its
/// URL has; and a thread of its own, so that it ends in time however slowly the other side drips,
/// and at once when the caller is interrupted.
final class WorkerHttp {
    /// A bitstream, or what a build left, of 64 MiB at most.
    private static final int ARTIFACT_BYTES_MAX = 128 << 20;

    /// Results name each run of an experiment; every other document is a few lines.
    private static final int DOCUMENT_BYTES_MAX = 16 << 20;

    private static final io.helidon.http.HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");
    private static final int NOT_FOUND = 404;

    private final Place place;
    private final WorkerAccess access;
    private final Timing timing;
    private final Http1Client client;

    WorkerHttp(Place place, WorkerAccess access, Timing timing) {
        this.place = place;
        this.access = access;
        this.timing = timing;
        this.client =
                Http1Client.builder()
                        .baseUri(place.base())
                        .dnsResolver(new OneAddress(named(place)))
                        .socketOptions(
                                SocketOptions.builder()
                                        .connectTimeout(timing.connectTimeMax())
                                        .readTimeout(Duration.ofHours(1))
                                        .build())
                        .tls(tls())
                        .keepAlive(false)
                        .followRedirects(false)
                        .sendExpectContinue(false)
                        .shareConnectionCache(false)
                        .servicesDiscoverServices(false)
                        .build();
    }

    /// What is sent, if anything: so many bytes, from the start each time.
    record Body(long bytes, Source source) {
        /// Where the bytes come from.
        @FunctionalInterface
        interface Source {
            void writeTo(OutputStream out) throws IOException;
        }

        static Body of(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return new Body(bytes.length, out -> out.write(bytes));
        }
    }

    /// A question: `cause` is the id that both sides log, `timeMax` is all the time that it may
    /// take.
    record Question(
            Method method, String path, String cause, Duration timeMax, Optional<Body> body) {}

    private record Answer(int status, byte[] body) {}

    /// The name is known already.
    private record OneAddress(InetAddress address) implements DnsResolver {
        @Override
        public InetAddress resolveAddress(String host, DnsAddressLookup lookup) {
            return address;
        }
    }

    /// The address under the name that the URL has: a certificate must be that name's, and no name
    /// server is asked backwards.
    private static InetAddress named(Place place) {
        try {
            return InetAddress.getByAddress(place.base().getHost(), place.address().getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(place.toString(), impossible);
        }
    }

    Place place() {
        return place;
    }

    Question get(String path, String cause) {
        return new Question(Method.GET, path, cause, timing.answerTimeMax(), Optional.empty());
    }

    Question post(String path, String cause, Optional<Body> body) {
        return new Question(Method.POST, path, cause, timing.answerTimeMax(), body);
    }

    /// Opens a connection and closes it: whether anybody listens there.
    void connect() throws WorkerTroubleException {
        int port = place.base().getPort();
        int usual = place.base().getScheme().equals("https") ? 443 : 80;
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(place.address(), port < 0 ? usual : port),
                    (int) timing.connectTimeMax().toMillis());
        } catch (SocketTimeoutException late) {
            throw trouble(
                    Trouble.TIMED_OUT,
                    "timed out: no connection within %d ms"
                            .formatted(timing.connectTimeMax().toMillis()));
        } catch (IOException failure) {
            throw Explanation.of(failure, place, timing);
        }
    }

    /// The document of an answer of 2xx; empty for 404.
    Optional<JsonNode> json(Question question) throws WorkerTroubleException {
        Optional<byte[]> body = bytes(question, DOCUMENT_BYTES_MAX);
        if (body.isEmpty()) {
            return Optional.empty();
        }
        String text = new String(body.get(), StandardCharsets.UTF_8);
        try {
            return Optional.of(Json.parse(text, "its answer"));
        } catch (JsonFormatException garbage) {
            throw trouble(Trouble.NOT_A_WORKER, "expected JSON, got " + Explanation.shown(text));
        }
    }

    /// The body of an answer of 2xx; empty for 404.
    Optional<byte[]> bytes(Question question) throws WorkerTroubleException {
        return bytes(question, ARTIFACT_BYTES_MAX);
    }

    private Optional<byte[]> bytes(Question question, int bytesMax) throws WorkerTroubleException {
        long startNanos = System.nanoTime();
        try {
            Answer answer = answer(question, bytesMax);
            told(question, Integer.toString(answer.status()), startNanos, answer.body().length);
            return checked(answer.status(), answer.body(), bytesMax);
        } catch (UnansweredException none) {
            told(question, none.trouble.trouble().name().toLowerCase(Locale.ROOT), startNanos, 0);
            throw none.trouble;
        }
    }

    /// Tells what kept an answer away from what an answer says.
    private static final class UnansweredException extends Exception {
        private static final long serialVersionUID = 1L;

        private final WorkerTroubleException trouble;

        private UnansweredException(WorkerTroubleException trouble) {
            super(trouble);
            this.trouble = trouble;
        }
    }

    private void told(Question question, String outcome, long startNanos, long answerBytes) {
        access.requests()
                .asked(
                        place,
                        question.cause(),
                        question.method().text() + " " + question.path(),
                        outcome,
                        Duration.ofNanos(System.nanoTime() - startNanos),
                        answerBytes + question.body().map(Body::bytes).orElse(0L));
    }

    private Answer answer(Question question, int bytesMax) throws UnansweredException {
        FutureTask<Answer> exchange = new FutureTask<>(() -> exchange(question, bytesMax));
        Thread.ofVirtual().name("ask-" + place).start(exchange);
        try {
            return exchange.get(question.timeMax().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            exchange.cancel(true);
            throw new UnansweredException(
                    trouble(
                            Trouble.TIMED_OUT,
                            "timed out: no answer within %d ms"
                                    .formatted(question.timeMax().toMillis())));
        } catch (InterruptedException interrupted) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new UnansweredException(
                    trouble(Trouble.CUT, "interrupted while waiting for its answer"));
        } catch (ExecutionException failure) {
            throw new UnansweredException(Explanation.of(failure, place, timing));
        }
    }

    WorkerTroubleException trouble(Trouble trouble, String what) {
        return new WorkerTroubleException(place.toString(), trouble, what);
    }

    /// What must be there.
    JsonNode require(Optional<JsonNode> answer, String path) throws WorkerTroubleException {
        return answer.orElseThrow(() -> notAWorker("nothing at " + path));
    }

    WorkerTroubleException notAWorker(String what) {
        return trouble(Trouble.NOT_A_WORKER, "this is no AiV1 worker, " + what);
    }

    private Answer exchange(Question question, int bytesMax) throws IOException {
        Http1ClientRequest request =
                client.method(question.method())
                        .uri(place.base() + question.path())
                        .skipUriEncoding(true)
                        .header(REQUEST_ID, question.cause())
                        .header(HeaderNames.CONTENT_TYPE, "application/json");
        access.token()
                .ifPresent(token -> request.header(HeaderNames.AUTHORIZATION, "Bearer " + token));
        try (Http1ClientResponse response = sent(request, question.body())) {
            int status = response.status().code();
            if (!response.entity().hasEntity()) {
                return new Answer(status, new byte[0]);
            }
            try (InputStream in = response.inputStream()) {
                return new Answer(status, in.readNBytes(bytesMax + 1));
            }
        }
    }

    private static Http1ClientResponse sent(Http1ClientRequest request, Optional<Body> body) {
        if (body.isEmpty()) {
            return request.request();
        }
        return request.header(HeaderNames.CONTENT_LENGTH, Long.toString(body.get().bytes()))
                .outputStream(
                        out -> {
                            try (out) {
                                body.get().source().writeTo(out);
                            }
                        });
    }

    private Optional<byte[]> checked(int status, byte[] body, int bytesMax)
            throws WorkerTroubleException {
        if (body.length > bytesMax) {
            throw trouble(
                    Trouble.GARBAGE, "expected at most %d bytes, got more".formatted(bytesMax));
        }
        if (status >= 200 && status < 300) {
            return Optional.of(body);
        }
        if (status == NOT_FOUND) {
            return Optional.empty();
        }
        throw Explanation.ofStatus(
                status,
                new String(body, StandardCharsets.UTF_8),
                place,
                access.token().isPresent());
    }

    private Tls tls() {
        if (!place.base().getScheme().equals("https")) {
            return Tls.builder().enabled(false).build();
        }
        return access.tls()
                .map(context -> Tls.builder().sslContext(context).build())
                .orElseGet(() -> Tls.builder().build());
    }
}
