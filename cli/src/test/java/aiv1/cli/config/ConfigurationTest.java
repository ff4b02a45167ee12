package aiv1.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requirements 12 and 13: the resolved configuration with the source of each value; secrets
/// masked.
class ConfigurationTest {
    private static final Map<Key, String> MACHINE =
            Map.of(Keys.HOME, "/data/aiv1", Keys.FFMPEG, "/cache/ffmpeg", Keys.PARALLEL_RUNS, "2");

    @TempDir private Path folder;

    @Test
    void defaults_are_sound_and_say_that_they_are() {
        Configuration configuration = resolve(Map.of(), Map.of(), ConfigFile.absent());
        for (Key key : Keys.all()) {
            assertThat(configuration.shown(key).source()).isEqualTo("default");
        }
        assertThat(configuration.positive(Keys.EXPERIMENTS)).isEqualTo(10);
        assertThat(configuration.whole(Keys.SEED)).isEqualTo(1);
        assertThat(configuration.names(Keys.ANCHORS)).containsExactly("x264-medium", "x265-medium");
        assertThat(configuration.duration(Keys.DELAY)).isZero();
        assertThat(configuration.path(Keys.HOME)).isEqualTo(Path.of("/data/aiv1"));
    }

    @Test
    void a_flag_wins_over_the_environment_and_that_over_the_file() throws IOException {
        ConfigFile file = file("seed: 1\nframes: 5\ndelay: 60s\nclips: [flower, rapids]\n");
        Configuration configuration =
                resolve(Map.of("seed", "3"), Map.of("AIV1_SEED", "2", "AIV1_FRAMES", "6"), file);
        assertThat(configuration.whole(Keys.SEED)).isEqualTo(3);
        assertThat(configuration.shown(Keys.SEED).source()).isEqualTo("flag --seed");
        assertThat(configuration.positive(Keys.FRAMES)).isEqualTo(6);
        assertThat(configuration.shown(Keys.FRAMES).source()).isEqualTo("environment AIV1_FRAMES");
        assertThat(configuration.duration(Keys.DELAY)).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.shown(Keys.DELAY).source()).startsWith("file ");
        assertThat(configuration.names(Keys.CLIPS)).containsExactly("flower", "rapids");
    }

    @Test
    void all_problems_are_reported_at_once() throws IOException {
        ConfigFile file = file("sed: 1\nframes: -5\n");
        assertThatThrownBy(
                        () ->
                                resolve(
                                        Map.of("experiments", "many"),
                                        Map.of("AIV1_DELAY", "soon"),
                                        file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("unknown key 'sed': expected one of home, store")
                .hasMessageContaining("expected a whole number > 0, got '-5'")
                .hasMessageContaining(
                        "experiments (flag --experiments): expected a whole number > 0, got 'many'")
                .hasMessageContaining("delay (environment AIV1_DELAY): expected a time such as");
    }

    @Test
    void a_secret_is_never_shown() {
        Key secret = new Key("token", Key.Kind.TEXT, "", true, "a key");
        Configuration configuration =
                Configuration.resolve(
                        List.of(secret),
                        Map.of(),
                        Map.of("AIV1_TOKEN", "s3cret"),
                        ConfigFile.absent(),
                        Map.of());
        assertThat(configuration.text(secret)).isEqualTo("s3cret");
        assertThat(configuration.shown(secret).value()).doesNotContain("s3cret");
        assertThat(configuration.shown(secret).source()).isEqualTo("environment AIV1_TOKEN");
    }

    @Test
    void a_file_that_is_no_flat_mapping_is_refused_with_its_line() throws IOException {
        assertThatThrownBy(() -> file("seed: 1\nseed: 2\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("config.yaml");
        assertThatThrownBy(() -> file("- a\n- b\n")).hasMessageContaining("expected a mapping");
        assertThatThrownBy(() -> file("seed: {a: 1}\n"))
                .hasMessageContaining("seed: expected a value");
        assertThatThrownBy(() -> file("seed: [1\n")).hasMessageContaining("line ");
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none.yaml")))
                .hasMessageContaining("expected a file, got none");
    }

    @Test
    void an_empty_file_says_nothing() throws IOException {
        assertThat(resolve(Map.of(), Map.of(), file("")).whole(Keys.SEED)).isEqualTo(1);
    }

    private ConfigFile file(String text) throws IOException {
        return ConfigFile.read(Files.writeString(folder.resolve("config.yaml"), text));
    }

    private static Configuration resolve(
            Map<String, String> flags, Map<String, String> environment, ConfigFile file) {
        return Configuration.resolve(Keys.all(), flags, environment, file, MACHINE);
    }
}
