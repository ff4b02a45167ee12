package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.command.Program.Answer;
import aiv1.cluster.temporal.ClusterQueue;
import aiv1.worker.http.ProbeServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What deployments ask of a cluster, where there is none; with a real one it is asked in
/// `ClusterExaminationTest`.
class QueueCommandTest {
    private static final String NOWHERE = "temporal://127.0.0.1:1/aiv1";

    @TempDir private Path folder;
    private Program program = new Program(Path.of("."));

    @BeforeEach
    void prepare() {
        program = new Program(folder.resolve("home"));
    }

    /// Requirement 9: what stops a deployment has its exit status and says why.
    @Test
    void the_doctor_looks_at_a_cluster_from_afar() {
        Answer away = program.run("doctor", "--cluster", NOWHERE);
        assertThat(away.status()).isEqualTo(69);
        assertThat(away.out())
                .contains("server  WRONG  see below")
                .contains("cluster " + NOWHERE + ": expected a Temporal server, got ");
        assertThat(program.run("doctor", "--cluster", NOWHERE, "--json").json().path("findings"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.path("ok").asBoolean()).isFalse());
        Answer wrong = program.run("doctor", "--cluster", "http://x");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err())
                .contains(
                        "expected temporal://HOST:PORT/NAMESPACE, or temporals:// with TLS, got 'http://x'");
    }

    @Test
    void a_queue_that_cannot_be_counted_is_no_empty_queue() throws Exception {
        Answer away = program.run("queue", "--cluster", NOWHERE, "--json");
        assertThat(away.status()).isEqualTo(69);
        assertThat(away.out()).isEmpty();
        assertThat(away.err()).contains("expected a Temporal server");
        assertThat(program.run("queue").status()).isEqualTo(2);
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, "probe: everywhere\n");
        Answer wrong =
                program.run(
                        "queue",
                        "--cluster",
                        NOWHERE,
                        "--every",
                        "1",
                        "--config",
                        config.toString());
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("probe: expected HOST:PORT, got 'everywhere'");
    }

    @Test
    void what_an_autoscaler_reads_is_left_out_while_the_server_is_away() {
        assertThat(QueueCommand.vitals(NOWHERE, Optional.empty()).measures()).isEmpty();
        assertThat(
                        QueueCommand.vitals(NOWHERE, Optional.of(new ClusterQueue.Depth(1, 3, 2)))
                                .measures())
                .extracting(ProbeServer.Measure::name, ProbeServer.Measure::value)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(
                                "aiv1_cluster_experiments_unfinished", 3L));
    }
}
