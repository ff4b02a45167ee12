package aiv1.proposer.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
    @Test
    void every_part_is_hidden_wherever_it_stands() {
        Secret secret = Secret.of("key", " abcdefgh\n", "12345678");
        assertThat(secret.hideIn("xabcdefghx 12345678 abcdefg")).isEqualTo("x[key]x [key] abcdefg");
        assertThat(secret.first()).contains("abcdefgh");
        assertThat(secret.toString()).isEqualTo("[key]");
    }

    @Test
    void no_secret_hides_nothing() {
        assertThat(Secret.none().hideIn("ClosedChannel")).isEqualTo("ClosedChannel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "EMPTY", "  seven77  "})
    void what_is_too_short_to_be_hidden_is_refused(String key) {
        assertThatThrownBy(() -> Secret.of("OpenAI key", key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OpenAI key: expected at least 8 characters, got ")
                .hasMessageContaining("leave it out where the server wants none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words here", "größer-als-acht", "line\nbreak-in-it"})
    void what_no_header_can_carry_is_refused_without_quoting_it(String key) {
        assertThatThrownBy(() -> Secret.of("OpenAI key", key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "OpenAI key: expected visible ASCII characters, got something else or none");
    }
}
