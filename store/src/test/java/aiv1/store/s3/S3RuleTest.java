package aiv1.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.store.address.StoreAddress.Place;
import aiv1.store.address.StoreAddress.S3;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The rule for unfinished uploads, against a stand-in that keeps a bucket's rules: the server of
/// the other tests knows none.
class S3RuleTest {
    private static final String OTHER_RULE =
            "<Rule><ID>theirs</ID><Status>Enabled</Status><Filter><Prefix>logs/</Prefix></Filter>"
                    + "<Expiration><Days>30</Days></Expiration></Rule>";

    private final List<String> written = new ArrayList<>();
    private HttpServer server;
    private Optional<String> rules = Optional.empty();

    @BeforeEach
    void startServer() throws IOException {
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local-secret");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void a_bucket_without_rules_gets_one_and_keeps_it() {
        assertThat(S3Setup.create(address())).contains("unfinished uploads go after 3 days");
        assertThat(written).hasSize(1);
        assertThat(written.getFirst())
                .contains("<DaysAfterInitiation>3</DaysAfterInitiation>")
                .contains("<Prefix>labs/</Prefix>")
                .doesNotContain("<Expiration>");
        rules = Optional.of(written.getFirst());
        assertThat(S3Setup.create(address())).contains("unfinished uploads go as before");
        assertThat(written).hasSize(1);
    }

    // Rules can only be replaced all together.
    @Test
    void the_rules_of_others_stay() {
        rules = Optional.of("<LifecycleConfiguration>" + OTHER_RULE + "</LifecycleConfiguration>");
        S3Setup.create(address());
        assertThat(written.getFirst())
                .contains("<ID>theirs</ID>")
                .contains("<Days>30</Days>")
                .contains("<Prefix>logs/</Prefix>")
                .contains("<DaysAfterInitiation>3</DaysAfterInitiation>");
    }

    private S3 address() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new S3(
                "bucket", "labs/", new Place(Optional.of("eu-west-1"), Optional.of(endpoint)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean isRules = String.valueOf(exchange.getRequestURI().getQuery()).contains("lifecycle");
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                written.add(body);
                send(exchange, 200, "");
            }
            case "GET" -> {
                String none = "<Error><Code>NoSuchLifecycleConfiguration</Code></Error>";
                send(exchange, isRules && rules.isPresent() ? 200 : 404, rules.orElse(none));
            }
            default -> send(exchange, 200, "");
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
