package aiv1.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.worker.http.ProbeServer.Measure;
import aiv1.worker.http.ProbeServer.Vitals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ProbeServerTest {
    private static final Vitals FIRST =
            new Vitals(
                    Map.of("status", "working", "build", "one"),
                    List.of(new Measure("aiv1_x", "What x is.", 3)));

    @Test
    void health_and_metrics_tell_how_it_is_just_now() throws Exception {
        AtomicReference<Vitals> vitals = new AtomicReference<>(FIRST);
        try (ProbeServer server = new ProbeServer("127.0.0.1", 0, vitals::get)) {
            assertThat(body(server, "/health"))
                    .isEqualTo("{\"build\":\"one\",\"status\":\"working\"}");
            assertThat(body(server, "/metrics"))
                    .isEqualTo("# HELP aiv1_x What x is.\n# TYPE aiv1_x gauge\naiv1_x 3\n");
            vitals.set(new Vitals(Map.of("status", "draining"), List.of()));
            assertThat(body(server, "/health")).isEqualTo("{\"status\":\"draining\"}");
            // What is not known is not there: an autoscaler must not take it for 0.
            assertThat(body(server, "/metrics")).isEmpty();
        }
    }

    @Test
    void a_port_that_is_taken_is_told() {
        try (ProbeServer first = new ProbeServer("127.0.0.1", 0, () -> FIRST)) {
            assertThatThrownBy(() -> new ProbeServer("127.0.0.1", first.port(), () -> FIRST))
                    .isInstanceOf(WorkerException.class)
                    .hasMessageContaining("probe: expected to listen at 127.0.0.1, port ");
        }
    }

    private static String body(ProbeServer server, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
            HttpResponse<String> response =
                    client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        }
    }
}
