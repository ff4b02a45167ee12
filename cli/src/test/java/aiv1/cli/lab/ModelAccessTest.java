package aiv1.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.cli.config.ConfigFile;
import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.cli.lab.ModelAccess.Model;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelAccessTest {
    private static final Model GPT = new Model("openai", "gpt-5");
    private static final Model QWEN = new Model("openai", "qwen3");
    private static final Model CLAUDE = new Model("anthropic", "claude");
    private static final Model NOVA = new Model("bedrock", "nova");
    private static final Map<String, String> VARIABLES =
            Map.of("OPENAI_API_KEY", "sk-env-openai", "ANTHROPIC_API_KEY", "sk-env-anthropic");

    @TempDir private Path folder;

    @Test
    void each_provider_has_its_variable() throws Exception {
        ModelAccess access = access(Map.of());
        access.requireClear(List.of(GPT, CLAUDE, NOVA));
        assertThat(access.key(GPT)).contains("sk-env-openai");
        assertThat(access.key(CLAUDE)).contains("sk-env-anthropic");
        assertThat(access.url(GPT)).isEmpty();
    }

    @Test
    void a_plain_address_and_a_plain_key_serve_models_of_one_server() throws Exception {
        ModelAccess access = access(Map.of("model-url", "http://a/v1", "model-key", "sk-plain"));
        access.requireClear(List.of(GPT, QWEN));
        assertThat(access.url(QWEN)).contains(URI.create("http://a/v1"));
        assertThat(access.key(QWEN)).contains("sk-plain");
    }

    @Test
    void each_of_a_mix_has_its_own() throws Exception {
        ModelAccess access =
                access(
                        Map.of(
                                "model-url", "openai=http://a/v1,anthropic=http://b",
                                "model-key", "openai=sk-one,anthropic=sk-two"));
        access.requireClear(List.of(GPT, CLAUDE, NOVA));
        assertThat(access.url(GPT)).contains(URI.create("http://a/v1"));
        assertThat(access.url(CLAUDE)).contains(URI.create("http://b"));
        assertThat(access.url(NOVA)).isEmpty();
        assertThat(access.key(GPT)).contains("sk-one");
        assertThat(access.key(CLAUDE)).contains("sk-two");
    }

    @Test
    void an_address_of_one_model_gets_no_key_that_was_not_given_for_that_model() throws Exception {
        Map<String, String> url = Map.of("model-url", "openai:qwen3=http://local/v1");
        ModelAccess access = access(url);
        access.requireClear(List.of(GPT, QWEN));
        assertThat(access.key(GPT)).contains("sk-env-openai");
        assertThat(access.key(QWEN)).isEmpty();
        assertThat(access(with(url, "model-key", "openai=sk-one")).key(QWEN)).isEmpty();
        assertThat(access(with(url, "model-key", "openai:qwen3=sk-two")).key(QWEN))
                .contains("sk-two");
        assertThat(access(with(url, "model-key", "sk-plain")).key(QWEN)).contains("sk-plain");
        assertThatThrownBy(() -> access(url).requireKey(QWEN))
                .hasMessageContaining("expected a key for openai")
                .hasMessageContaining("all for openai:qwen3")
                .hasMessageNotContaining("OPENAI_API_KEY");
    }

    @Test
    void one_address_for_two_providers_is_refused() {
        ModelAccess access = access(Map.of("model-url", "http://a/v1"));
        assertThatThrownBy(() -> access.requireClear(List.of(GPT, CLAUDE)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "model-url: expected an address for each, such as openai=URL, got one for openai and anthropic");
        access.requireClear(List.of(CLAUDE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model-key", "model-key-file", "model-key-secret"})
    void one_key_for_two_servers_is_refused(String setting) {
        ModelAccess access = access(Map.of(setting, "something"));
        assertThatThrownBy(() -> access.requireClear(List.of(GPT, CLAUDE)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        setting
                                + ": expected a key for each, such as openai=..., got one for openai and anthropic");
        access.requireClear(List.of(GPT, NOVA));
        assertThatThrownBy(
                        () ->
                                access(
                                                Map.of(
                                                        setting,
                                                        "something",
                                                        "model-url",
                                                        "openai:qwen3=http://b:1/v1"))
                                        .requireClear(List.of(GPT, QWEN)))
                .hasMessageContaining("got one for openai and openai at b:1");
    }

    @Test
    void a_key_comes_from_the_settings_then_a_file_then_a_secret_then_the_environment()
            throws Exception {
        Path file = Files.writeString(folder.resolve("key"), " sk-file\n");
        Map<String, String> settings = Map.of("model-key-secret", "labs#openai");
        assertThat(access(settings).key(GPT)).contains("held in labs#openai");
        settings = with(settings, "model-key-file", file.toString());
        assertThat(access(settings).key(GPT)).contains("sk-file");
        assertThat(access(with(settings, "model-key", "sk-given")).key(GPT)).contains("sk-given");
        assertThat(access(Map.of("model-key-secret", "anthropic=labs")).key(GPT))
                .contains("sk-env-openai");
    }

    @Test
    void a_file_without_a_key_is_told() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        assertThatThrownBy(() -> access(Map.of("model-key-file", empty.toString())).key(GPT))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("expected a file with the key at")
                .hasMessageContaining("got an empty one");
        assertThatThrownBy(() -> access(Map.of("model-key-file", folder + "/none")).key(GPT))
                .hasMessageContaining("got NoSuchFileException");
    }

    private static Map<String, String> with(
            Map<String, String> settings, String key, String value) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(key, value);
        return all;
    }

    private static ModelAccess access(Map<String, String> settings) {
        Configuration configuration =
                Configuration.resolve(
                        Keys.all(),
                        settings,
                        Map.of(),
                        ConfigFile.absent(),
                        Map.of(Keys.HOME, "/h", Keys.FFMPEG, "/f", Keys.PARALLEL_RUNS, "2"));
        return new ModelAccess(configuration, VARIABLES, reference -> "held in " + reference);
    }
}
