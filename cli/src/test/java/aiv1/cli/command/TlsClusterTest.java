package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a guarded Temporal server wants to see, it sees; each thing that it does not see has a
/// message of its own.
@Timeout(180)
class TlsClusterTest {
    private static final String API_KEY = "a-key-nobody-may-read";

    @TempDir private Path folder;
    private Certificates certificates = new Certificates(Path.of("."));
    private GuardedServer server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        certificates = new Certificates(folder);
        certificates.make("server", "campaign", "stranger");
        certificates.trust("server", "campaign");
        certificates.trust("campaign", "server");
        server =
                GuardedServer.start(
                        folder.resolve("server.p12"),
                        folder.resolve("server-trust.p12"),
                        Certificates.PASSWORD,
                        API_KEY);
        port = server.port();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_certificate_and_a_key_open_the_door() throws IOException {
        Answer answer = doctor("temporals", "campaign", "campaign-trust", API_KEY);
        assertThat(answer.out())
                .contains("has namespace aiv1")
                .contains("expected a worker of build")
                .contains("--cluster temporals://127.0.0.1:");
        assertThat(answer.out() + answer.err()).doesNotContain(API_KEY);
    }

    /// Requirement 9.
    @Test
    void each_thing_that_is_missing_has_its_own_message() throws IOException {
        Answer noKey = doctor("temporals", "campaign", "campaign-trust", "another");
        assertThat(noKey.status()).isEqualTo(69);
        assertThat(noKey.out())
                .contains("expected a server that lets this side in")
                .contains("cluster-key")
                .contains("unauthenticated")
                .doesNotContain("another");
        Answer stranger = doctor("temporals", "stranger", "campaign-trust", API_KEY);
        assertThat(stranger.status()).isEqualTo(69);
        assertThat(stranger.out()).contains("WRONG").contains("tls-keys");
        Answer trusting = doctor("temporals", "campaign", "server-trust", API_KEY);
        assertThat(trusting.status()).isEqualTo(69);
        assertThat(trusting.out()).contains("expected a certificate that is trusted");
        server.close();
        Answer nobody = doctor("temporals", "campaign", "campaign-trust", API_KEY);
        assertThat(nobody.out()).contains("expected a Temporal server");
        Answer open = doctor("temporal", "campaign", "campaign-trust", API_KEY);
        assertThat(open.status()).isEqualTo(2);
        assertThat(open.err())
                .contains("cluster: expected temporals://..., since a key is set")
                .doesNotContain(API_KEY);
    }

    private Answer doctor(String scheme, String keys, String trust, String key) throws IOException {
        return new Program(folder.resolve("home"))
                .run(
                        "doctor",
                        "--cluster",
                        "%s://127.0.0.1:%d/aiv1".formatted(scheme, port),
                        "--config",
                        certificates.settings(keys, trust, "cluster-key: " + key + "\n"));
    }
}
