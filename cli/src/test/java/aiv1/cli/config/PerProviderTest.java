package aiv1.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PerProviderTest {
    @TempDir private Path folder;

    @Test
    void nothing_is_nothing() {
        PerProvider none = PerProvider.parse("").orElseThrow();
        assertThat(none.of("openai", "m")).isEmpty();
        assertThat(none.plain()).isEmpty();
    }

    @Test
    void one_value_is_for_whoever_is_asked() {
        PerProvider one = PerProvider.parse("sk-a=b==").orElseThrow();
        assertThat(one.of("openai", "m")).contains("sk-a=b==");
        assertThat(one.of("anthropic", "n")).contains("sk-a=b==");
        assertThat(one.forModel("openai", "m")).isEmpty();
    }

    @Test
    void the_value_of_a_model_wins_over_that_of_its_provider() {
        PerProvider each =
                PerProvider.parse("openai=a=1, openai:org/m:7b=b,anthropic=c").orElseThrow();
        assertThat(each.of("openai", "m")).contains("a=1");
        assertThat(each.of("openai", "org/m:7b")).contains("b");
        assertThat(each.forModel("openai", "org/m:7b")).contains("b");
        assertThat(each.of("anthropic", "m")).contains("c");
        assertThat(each.of("bedrock", "m")).isEmpty();
        assertThat(each.plain()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"openai=a,openai=b", "openai=", "a,openai=b", "openai=a,b", "openai=a,"})
    void what_is_neither_is_refused(String text) {
        assertThat(PerProvider.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model-url | localhost:11434",
                "model-url | http://",
                "model-url | opena=http://a",
                "model-url | http://a/v1,http://b/v1",
                "model-url | openai=http://a,http://b",
                "model-url | openai=ftp://a",
                "model-key-file | openai=/a,/b",
                "model-key-secret | bedrock=labs"
            })
    void a_setting_that_is_neither_is_told(String key, String value) {
        assertThatThrownBy(() -> resolve(Map.of(key, value), ConfigFile.absent()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("%s (flag --%s): expected ".formatted(key, key))
                .hasMessageContaining("PROVIDER=")
                .hasMessageContaining("got '" + value + "'");
    }

    @Test
    void a_key_that_is_neither_is_told_but_not_shown() {
        assertThatThrownBy(
                        () ->
                                resolve(
                                        Map.of("model-key", "openai=sk-one,sk-two"),
                                        ConfigFile.absent()))
                .hasMessageContaining("model-key (flag --model-key): expected")
                .hasMessageNotContaining("sk-");
    }

    @Test
    void the_file_takes_a_mapping() throws IOException {
        Configuration configuration =
                resolve(
                        Map.of(),
                        file(
                                """
                                model-url:
                                  openai: http://127.0.0.1:1/v1
                                  openai:qwen3: http://127.0.0.1:2/v1
                                model-key: {openai: sk-one, anthropic: sk-two}
                                """));
        PerProvider urls = configuration.perProvider(Keys.MODEL_URL);
        assertThat(urls.of("openai", "gpt-5")).contains("http://127.0.0.1:1/v1");
        assertThat(urls.of("openai", "qwen3")).contains("http://127.0.0.1:2/v1");
        assertThat(configuration.perProvider(Keys.MODEL_KEY).of("anthropic", "m"))
                .contains("sk-two");
        assertThat(configuration.shown(Keys.MODEL_KEY).value()).doesNotContain("sk-");
    }

    @Test
    void a_mapping_with_another_name_is_told_with_its_place() {
        assertThatThrownBy(() -> file("model-key: {opena: sk-one}\n"))
                .hasMessageContaining("config.yaml: model-key: expected openai, anthropic, bedrock")
                .hasMessageContaining("got 'opena'")
                .hasMessageNotContaining("sk-one");
    }

    private ConfigFile file(String text) throws IOException {
        return ConfigFile.read(Files.writeString(folder.resolve("config.yaml"), text));
    }

    private static Configuration resolve(Map<String, String> flags, ConfigFile file) {
        return Configuration.resolve(
                Keys.all(),
                flags,
                Map.of(),
                file,
                Map.of(Keys.HOME, "/data/aiv1", Keys.FFMPEG, "/f", Keys.PARALLEL_RUNS, "2"));
    }
}
