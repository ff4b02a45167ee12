package aiv1.cluster;

import aiv1.wire.Json;
import aiv1.wire.JsonFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import tools.jackson.databind.JsonNode;

/// Requests to one worker; whatever keeps an answer away is a [WorkerTroubleException] of its own
/// kind. Names are resolved anew each time, so a worker may move.
final class WorkerHttp {
    static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(5);
    static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(12);

    private static final int ANSWER_BYTES_MAX = 128 << 20;
    private static final int SHOWN_LENGTH_MAX = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int FAULT = 500;
    private static final int UNAVAILABLE = 503;

    private final URI base;
    private final Optional<String> token;
    private final HttpClient client;

    WorkerHttp(URI base, Optional<String> token, HttpClient client) {
        this.base = base;
        this.token = token;
        this.client = client;
    }

    URI base() {
        return base;
    }

    /// A request for `path` (with its query), to be completed with method and body.
    HttpRequest.Builder request(String path, String requestId) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(ANSWER_TIME_MAX)
                        .header("X-Request-Id", requestId)
                        .header("Content-Type", "application/json");
        token.ifPresent(known -> builder.header("Authorization", "Bearer " + known));
        return builder;
    }

    /// The document of an answer of 2xx; empty for 404.
    Optional<JsonNode> json(HttpRequest request) throws WorkerTroubleException {
        Optional<byte[]> body = bytes(request);
        if (body.isEmpty()) {
            return Optional.empty();
        }
        String text = new String(body.get(), StandardCharsets.UTF_8);
        try {
            return Optional.of(Json.parse(text, "its answer"));
        } catch (JsonFormatException garbage) {
            throw trouble(Trouble.NOT_A_WORKER, "expected JSON, got " + shown(text));
        }
    }

    /// The body of an answer of 2xx; empty for 404.
    Optional<byte[]> bytes(HttpRequest request) throws WorkerTroubleException {
        requireHost();
        try {
            HttpResponse<InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            byte[] body;
            try (InputStream in = response.body()) {
                body = in.readNBytes(ANSWER_BYTES_MAX + 1);
            }
            if (body.length > ANSWER_BYTES_MAX) {
                throw trouble(
                        Trouble.GARBAGE,
                        "expected at most %d bytes, got more".formatted(ANSWER_BYTES_MAX));
            }
            return checked(response.statusCode(), body);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw trouble(Trouble.CUT, "interrupted while waiting for its answer");
        } catch (IOException failure) {
            throw explained(failure);
        }
    }

    WorkerTroubleException trouble(Trouble trouble, String what) {
        return new WorkerTroubleException(base, trouble, what);
    }

    private Optional<byte[]> checked(int status, byte[] body) throws WorkerTroubleException {
        if (status >= 200 && status < 300) {
            return Optional.of(body);
        }
        String said = shown(new String(body, StandardCharsets.UTF_8));
        return switch (status) {
            case NOT_FOUND -> Optional.empty();
            case UNAUTHORIZED -> throw trouble(Trouble.TOKEN_REFUSED, "it refused the token");
            case TOO_MANY, UNAVAILABLE -> throw trouble(Trouble.BUSY, "it takes no more: " + said);
            case FAULT -> throw trouble(Trouble.WRONG_NUMBERS, "it cannot measure: " + said);
            default -> throw trouble(Trouble.GARBAGE, "it answered %d: %s".formatted(status, said));
        };
    }

    /// The client would say the same of a host that is not there and of one that refuses.
    private void requireHost() throws WorkerTroubleException {
        try {
            InetAddress.getByName(base.getHost());
        } catch (UnknownHostException unknown) {
            throw trouble(Trouble.NO_SUCH_HOST, "no such host, " + base.getHost());
        }
    }

    private WorkerTroubleException explained(IOException failure) {
        String said = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return switch (failure) {
            case HttpTimeoutException late ->
                    trouble(
                            Trouble.TIMED_OUT,
                            "no answer within %d s".formatted(ANSWER_TIME_MAX.toSeconds()));
            case ConnectException refused -> trouble(Trouble.REFUSED, "connection refused");
            case SSLException unsafe -> trouble(Trouble.NO_TLS, said);
            default -> trouble(Trouble.CUT, "the connection broke: " + said);
        };
    }

    private static String shown(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.isEmpty()
                ? "nothing"
                : line.substring(0, Math.min(SHOWN_LENGTH_MAX, line.length()));
    }
}
