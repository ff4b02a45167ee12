package aiv1.store;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.Flag;
import aiv1.domain.campaign.Mark;
import aiv1.domain.experiment.ExperimentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerFlagsTest {
    private static final Flag FLAG =
            new Flag(new ExperimentId("c.0001"), Instant.EPOCH, "its worker lied");

    @TempDir private Path folder;

    @Test
    void flags_are_there_again_after_a_start_and_the_first_one_counts() {
        try (SqliteView view = open()) {
            LedgerFlags flags = LedgerFlags.open(view, older());
            assertThat(flags.contains(FLAG.experiment())).isFalse();
            flags.append(FLAG);
            flags.append(new Flag(FLAG.experiment(), Instant.EPOCH, "again"));
            assertThat(flags.find(FLAG.experiment())).hasValue(FLAG);
        }
        try (SqliteView view = open()) {
            assertThat(LedgerFlags.open(view, older()).find(FLAG.experiment())).hasValue(FLAG);
            assertThat(view.markRows(0, 10))
                    .hasSize(1)
                    .allMatch(row -> row.mark().action().equals(Mark.FLAG));
        }
    }

    /// An earlier build kept them in a file, whose last line a crash may have cut short.
    @Test
    void flags_of_an_older_file_are_taken_over_once() throws IOException {
        Files.writeString(
                older(),
                "{\"experiment_id\": \"c.0001\", \"at\": \"1970-01-01T00:00:00Z\", \"reason\": \"its worker lied\"}\n\n{\"experiment_id\": \"c.00");
        for (int start = 0; start < 2; start++) {
            try (SqliteView view = open()) {
                assertThat(LedgerFlags.open(view, older()).find(FLAG.experiment())).hasValue(FLAG);
                assertThat(view.markRows(0, 10)).hasSize(1);
            }
        }
    }

    private SqliteView open() {
        return SqliteView.open(folder.resolve("ledger.db"));
    }

    private Path older() {
        return folder.resolve("flags.jsonl");
    }
}
