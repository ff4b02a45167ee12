package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A webhook hears of a campaign from its start to its end, and nobody else hears its address.
@Timeout(300)
class AlertsEndToEndTest {
    @TempDir private Path folder;

    @Test
    void a_webhook_hears_of_start_best_and_end() throws Exception {
        List<JsonNode> heard = Collections.synchronizedList(new ArrayList<>());
        HttpServer hook =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext(
                "/hidden-path",
                exchange -> {
                    try (exchange) {
                        heard.add(JsonMapper.shared().readTree(exchange.getRequestBody()));
                        exchange.sendResponseHeaders(204, -1);
                    }
                });
        hook.start();
        String url = "http://127.0.0.1:%d/hidden-path".formatted(hook.getAddress().getPort());
        try {
            Answer run = run(url);
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out() + run.err()).doesNotContain("hidden-path");
            assertThat(heard.stream().map(one -> one.path("kind").asString()))
                    .containsExactly("campaign_started", "new_best", "budget_reached");
            assertThat(heard.get(1).path("experiment_id").asString()).endsWith(".0000");
            assertThat(heard.get(1).path("text").asString())
                    .contains("new best: ")
                    .contains(" % against x264-medium");
        } finally {
            hook.stop(0);
        }
    }

    /// Whoever does not hear must know that; the campaign goes on.
    @Test
    void a_webhook_that_refuses_is_told_on_the_terminal() throws Exception {
        HttpServer hook =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.start();
        try {
            Answer run = run("http://127.0.0.1:%d/hidden".formatted(hook.getAddress().getPort()));
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.err())
                    .contains("alert campaign_started was not delivered: 127.0.0.1: answered 404");
        } finally {
            hook.stop(0);
        }
        Answer wrong = run("not-a-url");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("alert-url: expected http://HOST/... or https://HOST/...")
                .doesNotContain("not-a-url");
    }

    private Answer run(String url) throws Exception {
        Path settings = folder.resolve("settings.yaml");
        Files.writeString(settings, "alert-url: \"%s\"%n".formatted(url));
        return new Program(folder.resolve("home"))
                .run(
                        "run",
                        "--config",
                        settings.toString(),
                        "--experiments",
                        "1",
                        "--clip",
                        "rapids",
                        "--frames",
                        "2",
                        "--anchor",
                        "x264-medium",
                        "--no-page");
    }
}
