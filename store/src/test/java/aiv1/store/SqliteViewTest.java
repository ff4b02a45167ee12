package aiv1.store;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.Mark;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteViewTest {
    @TempDir private Path folder;

    @Test
    void its_version_is_another_one_once_somebody_else_recorded_something() {
        Path file = folder.resolve("ledger.db");
        try (SqliteView looking = SqliteView.open(file);
                SqliteView working = SqliteView.open(file)) {
            long before = looking.version();
            assertThat(looking.version()).isEqualTo(before);
            assertThat(working.append(mark("a"))).isTrue();
            long after = looking.version();
            assertThat(after).isNotEqualTo(before);
            assertThat(looking.markRows(0, 10)).hasSize(1);
            assertThat(looking.version()).isEqualTo(after);
        }
    }

    private static Mark mark(String key) {
        return new Mark(Instant.EPOCH, "star", "e-1", "a test", "", key);
    }
}
