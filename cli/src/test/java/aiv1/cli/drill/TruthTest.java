package aiv1.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.cli.lab.Stores;
import aiv1.cli.simulated.SimulatedWork;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.experiment.CampaignId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That the drills can fail: what is lost, changed, doubled or without its bitstream is seen.
class TruthTest {
    private static final int COUNT = 8;

    @TempDir private Path folder;

    @Test
    void an_undisturbed_campaign_has_lost_and_doubled_nothing() {
        Truth.undisturbed(campaign(1, COUNT), home());
        Truth truth = truth(campaign(1, COUNT), COUNT - 1);
        assertThat(truth.lost()).isEmpty();
        assertThat(truth.doubled()).isEmpty();
        assertThat(truth.recordedCount()).isEqualTo(COUNT);
    }

    @Test
    void what_is_missing_is_lost() {
        Truth.undisturbed(campaign(1, COUNT), home());
        assertThat(truth(campaign(1, COUNT + 1), COUNT).lost()).containsExactly(COUNT);
    }

    @Test
    void what_is_not_as_it_would_be_is_lost() {
        Truth.undisturbed(campaign(2, COUNT), home());
        assertThat(truth(campaign(1, COUNT), COUNT - 1).lost()).hasSize(COUNT);
    }

    @Test
    void a_result_whose_bitstream_is_gone_is_lost() throws IOException {
        String bitstream =
                Truth.undisturbed(campaign(1, COUNT), home())
                        .get(3)
                        .runs()
                        .getFirst()
                        .outcome()
                        .numbers()
                        .orElseThrow()
                        .bitstream()
                        .sha256();
        Files.delete(
                home().resolve("artifacts").resolve(bitstream.substring(0, 2)).resolve(bitstream));
        assertThat(truth(campaign(1, COUNT), COUNT - 1).lost()).containsExactly(3);
    }

    @Test
    void what_nobody_began_is_doubled() {
        Truth.undisturbed(campaign(1, COUNT), home());
        assertThat(truth(campaign(1, COUNT), COUNT - 2).doubled()).containsExactly(COUNT - 1);
    }

    @Test
    void a_row_of_the_table_has_what_happened_during_its_faults() {
        Tally tally = new Tally();
        tally.add(new Tally.Trial("one", 0, 4, 1, 0));
        tally.add(new Tally.Trial("two", 5, 9, 2, 1));
        tally.add(new Tally.Trial("one", 10, 14, 3, 0));
        String rows = tally.rows(new Truth(Set.of(12), Set.of(5, 6), Set.of(0), 15));
        assertThat(rows.lines().map(line -> line.strip().split(" +")))
                .containsExactly(
                        new String[] {"one", "2", "1", "0", "1", "0", "3.0", "3.0"},
                        new String[] {"two", "1", "0", "2", "0", "1", "2.0", "2.0"});
    }

    private Path home() {
        return folder.resolve("home");
    }

    private static Campaign campaign(long seed, int count) {
        return SimulatedWork.campaign(new CampaignId("c-truth"), seed, count, 2);
    }

    private Truth truth(Campaign campaign, int last) {
        return Truth.of(Stores.in(home()), List.of(campaign), last, folder);
    }
}
