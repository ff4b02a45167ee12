package aiv1.alerts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Sends alerts to one URL, in order, without ever making the campaign wait.
///
/// Each is a POST of JSON ([Alert#json]). What may pass (no connection, 429, 5xx) is tried again
/// after a while, any other answer than 2xx is final; both are told when they are given up.
/// Redirects are not followed. With a secret, the header `X-AiV1-Signature` holds `sha256=` and the
/// HMAC-SHA256 of the body in hexadecimal digits. Thread-safe.
public final class Webhook implements AutoCloseable {
    private static final int QUEUE_LENGTH_MAX = 1000;
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIME_MAX = Duration.ofSeconds(20);
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(16));
    private static final int OK = 200;
    private static final int OK_END = 300;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final URI url;
    private final Optional<Signature> signature;
    private final Undelivered undelivered;
    private final List<Duration> pauses;
    private final Duration closeTimeMax;
    private final BlockingQueue<Alert> waiting = new ArrayBlockingQueue<>(QUEUE_LENGTH_MAX);
    private final HttpClient client =
            HttpClient.newBuilder()
                    .connectTimeout(ANSWER_TIME_MAX)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("webhook").factory());

    /// Throws [IllegalArgumentException] for what is no http or https URL with a host.
    public Webhook(String url, Optional<String> secret, Undelivered undelivered) {
        this(url, secret, undelivered, PAUSES, CLOSE_TIME_MAX);
    }

    Webhook(
            String url,
            Optional<String> secret,
            Undelivered undelivered,
            List<Duration> pauses,
            Duration closeTimeMax) {
        this.url = parse(url);
        this.signature = secret.map(Signature::new);
        this.undelivered = undelivered;
        this.pauses = List.copyOf(pauses);
        this.closeTimeMax = closeTimeMax;
    }

    /// Sends it when its turn comes; returns at once.
    public void send(Alert alert) {
        if (!waiting.offer(alert)) {
            undelivered.gaveUp(alert, "%d others wait".formatted(QUEUE_LENGTH_MAX));
            return;
        }
        thread.execute(this::sendNext);
    }

    /// Gives what waits some seconds to be sent; the rest is given up.
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(closeTimeMax.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        for (Alert left = waiting.poll(); left != null; left = waiting.poll()) {
            undelivered.gaveUp(left, url.getHost() + ": the program ended first");
        }
        client.shutdownNow();
    }

    private void sendNext() {
        Alert alert = waiting.peek();
        if (alert == null) {
            return;
        }
        try {
            Optional<String> problem = deliver(alert);
            if (waiting.remove(alert)) {
                problem.ifPresent(why -> undelivered.gaveUp(alert, url.getHost() + ": " + why));
            }
        } catch (InterruptedException closing) {
            // It still waits, and whoever closes gives it up.
            Thread.currentThread().interrupt();
        }
    }

    /// Why it is given up, if it is.
    private Optional<String> deliver(Alert alert) throws InterruptedException {
        HttpRequest request = request(alert);
        int tries = 0;
        while (true) {
            String problem;
            try {
                int status =
                        client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
                if (status >= OK && status < OK_END) {
                    return Optional.empty();
                }
                problem = "answered " + status;
                if (status != TOO_MANY_REQUESTS && status < SERVER_ERROR) {
                    return Optional.of(problem);
                }
            } catch (IOException unreachable) {
                problem = unreachable.getClass().getSimpleName();
            }
            if (tries == pauses.size()) {
                return Optional.of("%s, %d times".formatted(problem, tries + 1));
            }
            Thread.sleep(pauses.get(tries));
            tries++;
        }
    }

    private HttpRequest request(Alert alert) {
        String body = alert.json();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url)
                        .timeout(ANSWER_TIME_MAX)
                        .header("Content-Type", "application/json; charset=utf-8")
                        .header("User-Agent", "aiv1")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        signature.ifPresent(one -> request.header("X-AiV1-Signature", "sha256=" + one.of(body)));
        return request.build();
    }

    private static URI parse(String url) {
        URI parsed;
        try {
            parsed = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw unfit();
        }
        boolean isHttp = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
        if (!isHttp || parsed.getHost() == null) {
            throw unfit();
        }
        return parsed;
    }

    /// The URL is not shown: with many services it is a secret.
    private static IllegalArgumentException unfit() {
        return new IllegalArgumentException("expected http://HOST/... or https://HOST/...");
    }
}
