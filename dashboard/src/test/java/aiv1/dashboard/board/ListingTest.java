package aiv1.dashboard.board;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.PageLab;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListingTest {
    private static final int COUNT = 40;

    @TempDir private Path home;

    /// What is put in place one by one stands where it stands in a list that is made anew.
    @ParameterizedTest
    @EnumSource(Selection.Order.class)
    void a_list_that_grew_is_as_one_made_anew(Selection.Order order) {
        try (PageLab lab = new PageLab(home, COUNT)) {
            Board board = lab.board();
            Listing grown = new Listing(board);
            Selection all = Selection.all(Optional.empty(), order);
            Selection crashed =
                    new Selection(
                            Optional.of(PageLab.CAMPAIGN.value()),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of("crashed"),
                            Optional.empty(),
                            Optional.empty(),
                            false,
                            order);
            assertThat(grown.entries(all)).hasSize(COUNT);
            assertThat(grown.counts(crashed).failed()).isEqualTo(5);
            for (int index = COUNT; index < COUNT + 15; index++) {
                lab.add(index);
                board.follow();
                if (index % 4 == 0) {
                    grown.counts(all);
                }
            }
            Listing anew = new Listing(board);
            assertThat(grown.entries(all)).hasSize(COUNT + 15).isEqualTo(anew.entries(all));
            assertThat(grown.entries(crashed)).hasSize(7).isEqualTo(anew.entries(crashed));
            assertThat(grown.counts(all)).isEqualTo(anew.counts(all));
        }
    }
}
