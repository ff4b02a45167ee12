package aiv1.proposer.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferenceTest {
    private static final String ARN =
            "arn:aws:secretsmanager:eu-west-3:123456789012:secret:labs/models-AbCdEf";

    @Test
    void a_name_an_arn_and_a_field_are_told_apart() {
        assertThat(SecretReference.parse(" labs/models "))
                .isEqualTo(new SecretReference("labs/models", Optional.empty()));
        assertThat(SecretReference.parse("labs/models").region()).isEmpty();
        assertThat(SecretReference.parse(ARN + "#openai"))
                .isEqualTo(new SecretReference(ARN, Optional.of("openai")));
        assertThat(SecretReference.parse(ARN).region()).contains("eu-west-3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "#field", "name#", "two words"})
    void what_names_no_secret_is_refused(String text) {
        assertThatThrownBy(() -> SecretReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model-key-secret: expected NAME, NAME#FIELD or an ARN");
    }
}
