package aiv1.dashboard.board;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.dashboard.PageLab;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchIndexTest {
    private static final int COUNT = 30;

    /// What is looked up is what is found by looking at each.
    @Test
    void an_index_finds_what_looking_at_each_finds(@TempDir Path home) {
        try (PageLab lab = new PageLab(home, COUNT)) {
            SearchIndex index = new SearchIndex();
            List<Entry> all = lab.board().entries();
            all.forEach(index::add);
            String candidate = all.get(4).candidate();
            for (String text :
                    List.of(
                            "000",
                            ".0004",
                            "0029",
                            "c-2026",
                            "C-2026",
                            "-",
                            candidate.substring(0, 7),
                            candidate.substring(1, 9),
                            candidate.toUpperCase(java.util.Locale.ROOT),
                            "BAD: <img",
                            "exception",
                            "e",
                            "nothing is like this",
                            "\n")) {
                assertThat(index.find(text))
                        .as(text)
                        .isEqualTo(selection(text).of(all, entry -> false));
            }
            assertThat(index.find(".0004")).hasSize(1);
            assertThat(index.find("bad: ")).hasSize(4);
        }
    }

    private static Selection selection(String text) {
        return new Selection(
                Optional.empty(),
                Optional.of(text),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Selection.Order.OLDEST);
    }
}
