package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import aiv1.cli.command.WorkerProcesses.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Mutual TLS, with certificates that the test makes: each side shows its own and trusts the
/// other's.
@Timeout(180)
class TlsWorkerTest {
    private static final String PASSWORD = "not-a-secret";

    @TempDir private Path folder;
    private WorkerProcesses processes = new WorkerProcesses(Path.of("."));

    @BeforeEach
    void prepare() throws Exception {
        processes = new WorkerProcesses(folder);
        for (String name : List.of("worker", "campaign", "stranger")) {
            keytool(
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keystore",
                    name + ".p12",
                    "-dname",
                    "CN=" + name,
                    "-keyalg",
                    "EC",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-validity",
                    "2");
            keytool(
                    "-exportcert",
                    "-alias",
                    name,
                    "-keystore",
                    name + ".p12",
                    "-file",
                    name + ".crt");
        }
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "c",
                "-file",
                "campaign.crt",
                "-keystore",
                "worker-trust.p12");
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "w",
                "-file",
                "worker.crt",
                "-keystore",
                "campaign-trust.p12");
    }

    @AfterEach
    void stop() {
        processes.close();
    }

    @Test
    void only_who_shows_a_trusted_certificate_is_served_and_only_a_trusted_worker_is_asked()
            throws IOException {
        Worker worker = processes.start("one", "--config", config("w", "worker", "worker-trust"));
        assertThat(worker.place()).startsWith("https://");
        Answer good = doctor(worker, config("c", "campaign", "campaign-trust"));
        assertThat(good.status()).as(good.out()).isZero();
        assertThat(good.out()).contains("TLS and service").contains("as known");
        Answer stranger = doctor(worker, config("s", "stranger", "campaign-trust"));
        assertThat(stranger.status()).isEqualTo(69);
        assertThat(stranger.out()).contains("WRONG").doesNotContain("as known");
        Answer trusting = doctor(worker, config("t", "campaign", "worker-trust"));
        assertThat(trusting.status()).isEqualTo(69);
        assertThat(trusting.out()).contains("no TLS").contains("a certificate that is trusted");
        Answer broken = doctor(worker, config("b", "nowhere", "campaign-trust"));
        assertThat(broken.status()).isEqualTo(2);
        assertThat(broken.err()).contains("tls-keys: expected a PKCS#12 file");
    }

    private Answer doctor(Worker worker, String config) {
        return new Program(folder.resolve("home"))
                .run("doctor", "--worker", worker.place(), "--config", config);
    }

    private String config(String name, String keys, String trust) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(
                file,
                "tls-keys: \"%s\"\ntls-trust: \"%s\"\ntls-password: \"%s\"\n"
                        .formatted(
                                folder.resolve(keys + ".p12"),
                                folder.resolve(trust + ".p12"),
                                PASSWORD));
        return file.toString();
    }

    private void keytool(String... arguments) throws Exception {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(List.of(arguments));
        line.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
        Process process =
                new ProcessBuilder(line)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }
}
