package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// That it runs and asks what it says; how fast is for people to read.
@Timeout(300)
class DashboardBenchTest {
    @TempDir private Path folder;

    @Test
    void it_times_each_call_and_the_way_of_an_event() {
        Program.Answer bench =
                new Program(folder.resolve("home"))
                        .run(
                                "bench",
                                "dashboard",
                                "--experiments",
                                "60",
                                "--folder",
                                folder.resolve("made").toString());
        assertThat(bench.status()).as(bench.err()).isZero();
        assertThat(bench.out())
                .contains("60 experiments, ledger of", "heap held", "p99 ms")
                .contains("leaderboard, 200", "experiments by decoder_bytes", "lineage")
                .contains("recorded by another connection until told to a browser, 100 times");
        assertThat(folder.resolve("made").resolve("ledger.db")).exists();
    }
}
