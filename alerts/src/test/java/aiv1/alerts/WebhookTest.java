package aiv1.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebhookTest {
    private static final List<Duration> SHORT =
            List.of(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1));
    private static final Duration PATIENT = Duration.ofSeconds(50);

    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final List<String> signatures = Collections.synchronizedList(new ArrayList<>());
    private final List<String> undelivered = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private boolean isGated;
    private HttpServer server = server();

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        gate.countDown();
        server.stop(0);
    }

    @Test
    void an_alert_is_delivered_once() {
        try (Webhook webhook = webhook(url(), Optional.empty(), PATIENT)) {
            webhook.send(alert(1, "new best\nof all"));
        }
        assertThat(bodies)
                .containsExactly(
                        "{\"schema\":\"alert/1\",\"alert_id\":\"00000000-0000-0000-0000-000000000001\",\"kind\":\"new_best\","
                                + "\"at\":\"2026-01-02T03:04:05Z\",\"campaign_id\":\"c-1\",\"experiment_id\":\"c-1.0001\",\"text\":\"new best of all\"}");
        assertThat(signatures).containsExactly("none");
        assertThat(undelivered).isEmpty();
    }

    /// The value is that of `printf %s "$body" | openssl dgst -sha256 -hmac Jefe`.
    @Test
    void a_secret_signs_the_body() {
        assertThat(new Signature("Jefe").of("what do ya want for nothing?"))
                .as("RFC 4231, test case 2")
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        try (Webhook webhook = webhook(url(), Optional.of("Jefe"), PATIENT)) {
            webhook.send(alert(1, "one"));
        }
        assertThat(signatures)
                .containsExactly("sha256=" + new Signature("Jefe").of(bodies.getFirst()));
    }

    @Test
    void what_may_pass_is_tried_again_in_order() {
        statuses.addAll(List.of(503, 429, 200, 200));
        try (Webhook webhook = webhook(url(), Optional.empty(), PATIENT)) {
            webhook.send(alert(1, "one"));
            webhook.send(alert(2, "two"));
        }
        assertThat(bodies).hasSize(4);
        assertThat(bodies.subList(0, 3)).allMatch(body -> body.equals(bodies.getFirst()));
        assertThat(bodies.getLast()).contains("\"two\"");
        assertThat(undelivered).isEmpty();
    }

    @Test
    void what_lasts_is_told_and_the_next_one_goes_out() {
        statuses.addAll(List.of(404, 302, 500, 500, 500, 500, 200));
        try (Webhook webhook = webhook(url(), Optional.empty(), PATIENT)) {
            for (int i = 1; i <= 4; i++) {
                webhook.send(alert(i, "number " + i));
            }
        }
        assertThat(undelivered)
                .containsExactly(
                        "number 1: 127.0.0.1: answered 404",
                        "number 2: 127.0.0.1: answered 302",
                        "number 3: 127.0.0.1: answered 500, 4 times");
        assertThat(bodies.getLast()).contains("number 4");
    }

    @Test
    void where_nobody_listens_it_is_told_without_the_path() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        String url = "http://127.0.0.1:%d/secret".formatted(free);
        try (Webhook webhook = webhook(url, Optional.empty(), PATIENT)) {
            webhook.send(alert(1, "one"));
        }
        assertThat(undelivered).containsExactly("one: 127.0.0.1: ConnectException, 4 times");
    }

    /// A receiver that hangs holds up neither the campaign nor its end.
    @Test
    void a_receiver_that_hangs_holds_up_nobody() {
        isGated = true;
        try (Webhook webhook = webhook(url(), Optional.empty(), Duration.ofMillis(50))) {
            webhook.send(alert(1, "one"));
            webhook.send(alert(2, "two"));
        }
        assertThat(undelivered)
                .containsExactly(
                        "one: 127.0.0.1: the program ended first",
                        "two: 127.0.0.1: the program ended first");
    }

    @Test
    void what_is_no_address_is_refused_without_showing_it() {
        for (String url : List.of("ftp://secret/x", "secret", "http://", "http://[secret", "")) {
            assertThatThrownBy(() -> webhook(url, Optional.empty(), PATIENT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected http://HOST/... or https://HOST/...");
        }
    }

    private Webhook webhook(String url, Optional<String> secret, Duration closeTimeMax) {
        return new Webhook(
                url,
                secret,
                (alert, why) -> undelivered.add(alert.text() + ": " + why),
                SHORT,
                closeTimeMax);
    }

    private static Alert alert(int number, String text) {
        return new Alert(
                new UUID(0, number),
                AlertKind.NEW_BEST,
                Instant.parse("2026-01-02T03:04:05Z"),
                new CampaignId("c-1"),
                Optional.of(new ExperimentId("c-1.0001")),
                text);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            bodies.add(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String signature = exchange.getRequestHeaders().getFirst("X-AiV1-Signature");
            signatures.add(signature == null ? "none" : signature);
            if (isGated) {
                gate.await();
            }
            Integer status = statuses.pollFirst();
            exchange.sendResponseHeaders(status == null ? 200 : status, -1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private String url() {
        return "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort());
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
