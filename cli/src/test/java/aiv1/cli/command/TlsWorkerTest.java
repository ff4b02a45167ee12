package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import aiv1.cli.command.WorkerProcesses.Worker;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Mutual TLS, with certificates that the test makes: each side shows its own and trusts the
/// other's.
@Timeout(180)
class TlsWorkerTest {
    @TempDir private Path folder;
    private Certificates certificates = new Certificates(Path.of("."));
    private WorkerProcesses processes = new WorkerProcesses(Path.of("."));

    @BeforeEach
    void prepare() throws Exception {
        processes = new WorkerProcesses(folder);
        certificates = new Certificates(folder);
        certificates.make("worker", "campaign", "stranger");
        certificates.trust("worker", "campaign");
        certificates.trust("campaign", "worker");
    }

    @AfterEach
    void stop() {
        processes.close();
    }

    @Test
    void only_who_shows_a_trusted_certificate_is_served_and_only_a_trusted_worker_is_asked()
            throws IOException {
        Worker worker =
                processes.start(
                        "one", "--config", certificates.settings("worker", "worker-trust", ""));
        assertThat(worker.place()).startsWith("https://");
        Answer good = doctor(worker, certificates.settings("campaign", "campaign-trust", ""));
        assertThat(good.status()).as(good.out()).isZero();
        assertThat(good.out()).contains("TLS and service").contains("as known");
        Answer stranger = doctor(worker, certificates.settings("stranger", "campaign-trust", ""));
        assertThat(stranger.status()).isEqualTo(69);
        assertThat(stranger.out()).contains("WRONG").doesNotContain("as known");
        Answer trusting = doctor(worker, certificates.settings("campaign", "worker-trust", ""));
        assertThat(trusting.status()).isEqualTo(69);
        assertThat(trusting.out()).contains("no TLS").contains("a certificate that is trusted");
        Answer broken = doctor(worker, certificates.settings("nowhere", "campaign-trust", ""));
        assertThat(broken.status()).isEqualTo(2);
        assertThat(broken.err()).contains("tls-keys: expected a PKCS#12 file");
    }

    private Answer doctor(Worker worker, String config) {
        return new Program(folder.resolve("home"))
                .run("doctor", "--worker", worker.place(), "--config", config);
    }
}
