package aiv1.cluster.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cluster.Preflight.Finding;
import aiv1.cluster.Results;
import aiv1.cluster.SpotChecks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a deployment asks of a real Temporal server. The tests of the profile `cluster`.
@Tag("cluster")
@Timeout(180)
class ClusterExaminationTest {
    private static final String BUILD = "one";

    @TempDir private Path folder;
    private ScriptedCluster lab;

    @BeforeEach
    void start() throws InterruptedException {
        lab = ScriptedCluster.start(folder.resolve("server"));
    }

    @AfterEach
    void stop() throws Exception {
        lab.stop();
    }

    /// Requirement 9: each thing that is wrong has a message of its own.
    @Test
    void each_thing_that_is_wrong_with_a_cluster_has_its_own_message() throws Exception {
        ClusterAddress here = lab.cluster.address();
        Finding nowhere = last(new ClusterAddress("127.0.0.1", 1, "aiv1"), "cpu");
        assertThat(nowhere.isGood()).isFalse();
        assertThat(nowhere.detail()).contains("expected a Temporal server");
        Finding nameless = last(new ClusterAddress(here.host(), here.port(), "other"), "cpu");
        assertThat(nameless.isGood()).isFalse();
        assertThat(nameless.detail()).contains("expected a namespace 'other'");
        Finding idle = last(here, "cpu");
        assertThat(idle.isGood()).isFalse();
        assertThat(idle.detail()).contains("expected a worker of build one").contains("got none");
        lab.worker("old", "two", (experiment, progress) -> lab.measured(experiment, "two"));
        Finding stale = last(here, "cpu");
        assertThat(stale.isGood()).isFalse();
        assertThat(stale.detail()).contains("got only old, build two");
        lab.worker("new", BUILD, (experiment, progress) -> lab.measured(experiment, BUILD));
        assertThat(last(here, "cuda").detail()).contains("aiv1.experiments.one.cuda");
        Finding good = last(here, "cpu");
        assertThat(good.isGood()).as(good.detail()).isTrue();
        assertThat(good.detail()).startsWith("1 of this build: new, build one");
    }

    @Test
    void what_is_to_do_is_counted_until_it_is_done() throws Exception {
        try (ClusterQueue queue = new ClusterQueue(lab.access(), BUILD, "cpu")) {
            assertThat(queue.look()).isEqualTo(new ClusterQueue.Depth(0, 0, 0));
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            ClusterWorker worker =
                    lab.worker(
                            "w",
                            BUILD,
                            (experiment, progress) -> {
                                begun.countDown();
                                try {
                                    goOn.await();
                                } catch (InterruptedException stopped) {
                                    Thread.currentThread().interrupt();
                                }
                                return lab.measured(experiment, BUILD);
                            });
            ClusterSession session = lab.session(BUILD, SpotChecks.NONE);
            List<CompletableFuture<?>> results =
                    List.of(
                            ScriptedCluster.begin(session.evaluator(), Results.experiment("e-1")),
                            ScriptedCluster.begin(session.evaluator(), Results.experiment("e-2")));
            begun.await();
            // The server counts with a delay of its own.
            await(queue, new ClusterQueue.Depth(1, 2, 1));
            goOn.countDown();
            for (CompletableFuture<?> result : results) {
                result.get();
            }
            await(queue, new ClusterQueue.Depth(0, 0, 1));
            // With no worker left, what waits is not even screened: it must call for one.
            worker.close();
            CompletableFuture<?> late =
                    ScriptedCluster.begin(session.evaluator(), Results.experiment("e-3"));
            await(queue, new ClusterQueue.Depth(1, 1, 1));
            lab.worker("next", BUILD, (experiment, progress) -> lab.measured(experiment, BUILD));
            late.get();
        }
    }

    private static void await(ClusterQueue queue, ClusterQueue.Depth expected)
            throws InterruptedException {
        ClusterQueue.Depth depth = queue.look();
        for (int i = 0; i < 150 && !depth.equals(expected); i++) {
            Thread.sleep(200);
            depth = queue.look();
        }
        assertThat(depth).isEqualTo(expected);
    }

    private static Finding last(ClusterAddress address, String capability)
            throws InterruptedException {
        return ClusterExamination.examine(
                        ClusterAccess.open(address), BUILD, capability, Duration.ofSeconds(2))
                .getLast();
    }
}
