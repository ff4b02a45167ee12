package aiv1.proposer.reply;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Part;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyCorpusTest {
    private static final String RATIONALE = "so that later experiments have a lossless floor";

    static List<ReplyCorpus.Row> rows() {
        return ReplyCorpus.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void each_reply_becomes_what_the_table_says(ReplyCorpus.Row row) {
        switch (ReplyParser.parse(row.reply(), row.parent())) {
            case ParsedReply.Found found -> {
                assertThat(row.isFound()).as(found.toString()).isTrue();
                assertThat(told(found.candidate())).isEqualTo(row.parts());
                assertThat(String.join("\n", found.remarks())).contains(row.telling());
                if (row.telling().isEmpty()) {
                    assertThat(found.remarks())
                            .allMatch(remark -> remark.equals("the reply has no rationale"));
                }
                if (row.reply().contains(RATIONALE)) {
                    assertThat(found.rationale()).contains(RATIONALE);
                }
                assertThat(found.rationale()).doesNotContain("def encode(", "int encode(", "```");
            }
            case ParsedReply.Unparsable(String reason) -> {
                assertThat(row.isFound()).as(reason).isFalse();
                assertThat(reason)
                        .contains(row.telling())
                        .contains(": expected ")
                        .contains(", got ")
                        .doesNotContain("\n");
            }
        }
    }

    @Test
    void the_corpus_is_large_and_its_table_lists_each_reply_once() {
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(45).doesNotHaveDuplicates();
    }

    private static Candidate parentOf(Part part) {
        return part.isPython() ? ReplyCorpus.PARENT : ReplyCorpus.PARENT_IN_C;
    }

    private static String told(Candidate candidate) {
        List<Part> parts =
                Arrays.stream(Part.values())
                        .filter(part -> candidate.source(part).isPresent())
                        .toList();
        String same =
                parts.stream()
                        .filter(part -> candidate.source(part).equals(parentOf(part).source(part)))
                        .map(Part::label)
                        .collect(Collectors.joining(" "));
        String all = parts.stream().map(Part::label).collect(Collectors.joining(" "));
        return "%s %s / %s".formatted(candidate.contract().label(), all, same).strip();
    }
}
