package aiv1.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "{",
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": {\"b\": 1, \"b\": 1}}",
                "{} {}",
                "{} x",
                "{\"a\": NaN}",
                "{\"a\": -Infinity}",
                "{\"a\": 01}",
                "{'a': 1}",
                "{\"a\": 1,}",
                "// remark\n{}",
                "{\"a\": \"\u0001\"}"
            })
    void refuses_what_is_not_one_strict_document(String text) {
        assertThatThrownBy(() -> Json.parse(text, "row 12"))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageStartingWith("row 12: ")
                .hasMessageContaining("expected one JSON document, got ");
    }

    @Test
    void says_line_and_column_of_what_is_wrong() {
        assertThatThrownBy(() -> Json.parse("{\n  \"a\": 1,\n  \"a\": 2}", "row 12"))
                .hasMessageStartingWith("row 12: line 3, column ")
                .hasMessageContaining("Duplicate");
    }

    @Test
    void refuses_what_is_too_deep_too_long_or_too_large() {
        refuses("[".repeat(Json.NESTING_DEPTH_MAX + 1));
        refuses("\"" + "a".repeat(Json.STRING_LENGTH_MAX + 1) + "\"");
        refuses("1".repeat(101));
        refuses(" ".repeat(Json.DOCUMENT_LENGTH_MAX) + "{}");
        refuses("{\"" + "a".repeat(1001) + "\": 1}");
    }

    @Test
    void accepts_the_largest_candidate() {
        String source = "a".repeat(Json.STRING_LENGTH_MAX);
        assertThat(Json.parse("\"" + source + "\"", "test").stringValue()).hasSize(8 << 20);
    }

    @Test
    void a_line_has_no_line_end_and_pretty_ends_in_one() {
        assertThat(Json.line(Json.parse("{\"a\": [1, {}], \"b\": \"x\\ny\"}", "test")))
                .isEqualTo("{\"a\":[1,{}],\"b\":\"x\\ny\"}");
        assertThat(Json.pretty(Json.parse("{\"a\":[1,{}],\"b\":[]}", "test")))
                .isEqualTo("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}\n");
    }

    private static void refuses(String text) {
        assertThatThrownBy(() -> Json.parse(text, "row 12"))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageStartingWith("row 12: ");
    }
}
