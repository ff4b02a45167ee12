package aiv1.store;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.campaign.Ledger;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentResult;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requirement 19: results survive `kill -9` at any point.
class KillTest {
    private static final int ROUND_COUNT = 12;
    private static final int ACKNOWLEDGED_COUNT_MAX = 150;
    private static final String CAMPAIGN = "killed";

    @TempDir private Path home;

    // Requirement 19
    @Test
    void what_was_acknowledged_survives_kill_9_and_is_there_once() throws Exception {
        Random random = new Random(19);
        TreeSet<Integer> proposals = new TreeSet<>();
        TreeSet<Integer> results = new TreeSet<>();
        for (int round = 0; round < ROUND_COUNT; round++) {
            // Each process begins a little before where the last one died, so some come twice.
            int start = results.isEmpty() ? 0 : Math.max(0, results.last() - 10);
            appendUntilKilled(
                    start, 1 + random.nextInt(ACKNOWLEDGED_COUNT_MAX), proposals, results);
            requireRecorded(proposals, results);
        }
        assertThat(results).hasSizeGreaterThan(ROUND_COUNT);
    }

    @Test
    void two_processes_share_one_ledger() throws Exception {
        int count = 60;
        try (ChildJvm first = append("first", 0, count);
                ChildJvm second = append("second", 0, count)) {
            assertThat(first.readAll().lines()).hasSize(2 * count);
            assertThat(second.readAll().lines()).hasSize(2 * count);
            assertThat(first.waitFor()).isZero();
            assertThat(second.waitFor()).isZero();
        }
        requireIntact();
        try (Ledger ledger = AppendingProcess.open(home)) {
            assertThat(ledger.results()).hasSize(2 * count);
            for (String campaign : List.of("first", "second")) {
                assertThat(ledger.results(new CampaignId(campaign)))
                        .hasSize(count)
                        .allSatisfy(it -> assertThat(it).isEqualTo(expected(it)));
            }
        }
    }

    private void appendUntilKilled(
            int start, int count, TreeSet<Integer> proposals, TreeSet<Integer> results)
            throws IOException, InterruptedException {
        try (ChildJvm child = append(CAMPAIGN, start, Integer.MAX_VALUE)) {
            int seen = 0;
            for (String line = child.readLine(); !line.isEmpty(); line = child.readLine()) {
                String[] words = line.split(" ");
                assertThat(words).as(line).hasSize(2);
                (words[0].equals("result") ? results : proposals).add(Integer.valueOf(words[1]));
                seen++;
                if (seen == count) {
                    child.kill();
                }
            }
            assertThat(seen).isGreaterThanOrEqualTo(count);
            assertThat(child.waitFor()).as("128 + SIGKILL").isEqualTo(137);
        }
    }

    private void requireRecorded(TreeSet<Integer> proposals, TreeSet<Integer> results)
            throws SQLException {
        requireIntact();
        try (Ledger ledger = AppendingProcess.open(home)) {
            List<ExperimentResult> recorded = ledger.results(new CampaignId(CAMPAIGN));
            assertThat(recorded)
                    .extracting(it -> it.experiment().id())
                    .doesNotHaveDuplicates()
                    .containsAll(results.stream().map(it -> TestResults.id(CAMPAIGN, it)).toList());
            assertThat(recorded).allSatisfy(it -> assertThat(it).isEqualTo(expected(it)));
            for (int index : proposals) {
                assertThat(ledger.findProposal(TestResults.id(CAMPAIGN, index)))
                        .contains(TestResults.proposal(index));
            }
        }
    }

    private void requireIntact() throws SQLException {
        try (Connection raw =
                        DriverManager.getConnection("jdbc:sqlite:" + home.resolve("ledger.db"));
                Statement statement = raw.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(row.getString(1)).isEqualTo("ok");
        }
    }

    private static ExperimentResult expected(ExperimentResult recorded) {
        String[] id = recorded.experiment().id().value().split("\\.");
        return TestResults.result(id[0], Integer.parseInt(id[1]));
    }

    private ChildJvm append(String campaign, int start, int end) throws IOException {
        return ChildJvm.start(
                List.of(),
                AppendingProcess.class,
                home.toString(),
                campaign,
                String.valueOf(start),
                String.valueOf(end));
    }
}
