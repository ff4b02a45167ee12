package aiv1.dashboard.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.dashboard.PageLab;
import aiv1.dashboard.PageResults;
import aiv1.domain.campaign.LedgerView.ResultRow;
import aiv1.wire.ExperimentJson;
import aiv1.wire.Json;
import aiv1.wire.JsonFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeanDocumentTest {
    /// Number 6 crashed at quality 2, with a message full of quotes and brackets.
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 6, 13})
    void an_entry_is_the_same_whether_its_runs_were_parsed_or_counted(int index) {
        String document = document(index);
        assertThat(document).contains("\"runs\":[");
        String spread = Json.pretty(Json.parse(document, "test"));
        assertThat(spread).doesNotContain("\"runs\":[");
        assertThat(entry(document)).isEqualTo(entry(spread));
        assertThat(entry(document).doneRuns()).isEqualTo(index % 7 == 6 ? 4 : 5);
    }

    @Test
    void a_label_of_a_run_is_seen() {
        String plain = document(1);
        assertThat(entry(plain).isPlaced()).isTrue();
        String labelled =
                plain.replaceFirst(
                        "\"labels\":\\[]", "\"labels\":[\"calls an existing codec: x\"]");
        assertThat(labelled).isNotEqualTo(plain);
        assertThat(entry(labelled).isPlaced()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{\"runs\":[", "{\"runs\":[{\"outcome\":\"measured\"}", "{\"a\""})
    void what_is_no_document_is_refused(String text) {
        assertThatThrownBy(() -> LeanDocument.read(text, "row 7"))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageContaining("row 7");
    }

    private static String document(int index) {
        return Json.line(
                ExperimentJson.write(
                        PageResults.result(PageLab.CAMPAIGN, index, PageResults.proposal(index))));
    }

    private static Entry entry(String document) {
        return Entry.of(new ResultRow(1, PageLab.id(1), document));
    }
}
