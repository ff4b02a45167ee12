package aiv1.store;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.Flag;
import aiv1.domain.experiment.ExperimentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagFileTest {
    private static final Flag FLAG =
            new Flag(new ExperimentId("c.0001"), Instant.EPOCH, "its worker lied");

    @TempDir private Path folder;

    @Test
    void flags_are_there_again_after_a_start_and_the_first_one_counts() {
        Path file = folder.resolve("flags.jsonl");
        FlagFile flags = FlagFile.open(file);
        assertThat(flags.contains(FLAG.experiment())).isFalse();
        flags.append(FLAG);
        flags.append(new Flag(FLAG.experiment(), Instant.EPOCH, "again"));
        assertThat(FlagFile.open(file).find(FLAG.experiment())).hasValue(FLAG);
    }

    @Test
    void a_line_that_a_crash_cut_short_costs_itself_only() throws IOException {
        Path file = folder.resolve("flags.jsonl");
        Files.writeString(file, "{\"experiment_id\": \"c.00");
        FlagFile flags = FlagFile.open(file);
        flags.append(FLAG);
        assertThat(FlagFile.open(file).contains(FLAG.experiment())).isTrue();
    }
}
