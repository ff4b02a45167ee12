package aiv1.cli.lab;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Key;
import aiv1.cli.config.Keys;
import aiv1.cli.config.PerProvider;
import aiv1.proposer.model.ModelException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// At which address and with which key each model of a mix is asked.
///
/// A key goes nowhere but where it was meant to: one key is never sent to two servers unless it was
/// given for both, and an address that was given for one model alone gets neither the key of its
/// provider nor that of the environment.
final class ModelAccess {
    private static final Map<String, String> VARIABLES =
            Map.of("openai", "OPENAI_API_KEY", "anthropic", "ANTHROPIC_API_KEY");

    private final Configuration configuration;
    private final Map<String, String> environment;
    private final Secrets secrets;

    /// Where keys are kept that are only named here.
    @FunctionalInterface
    interface Secrets {
        String read(String reference) throws ModelException;
    }

    /// A model of a mix; `provider` is `openai`, `anthropic` or `bedrock`.
    record Model(String provider, String name) {}

    ModelAccess(Configuration configuration, Map<String, String> environment, Secrets secrets) {
        this.configuration = configuration;
        this.environment = environment;
        this.secrets = secrets;
    }

    /// Throws [ConfigurationException] where one address or key would serve servers that are not
    /// the same.
    void requireClear(List<Model> models) {
        List<String> problems = new ArrayList<>();
        Set<String> providers = new LinkedHashSet<>();
        Set<String> servers = new LinkedHashSet<>();
        for (Model model : models) {
            providers.add(model.provider());
            if (VARIABLES.containsKey(model.provider())) {
                servers.add(
                        model.provider()
                                + url(model).map(url -> " at " + url.getAuthority()).orElse(""));
            }
        }
        if (providers.size() > 1 && setting(Keys.MODEL_URL).plain().isPresent()) {
            problems.add(
                    "model-url: expected an address for each, such as %s=URL, got one for %s"
                            .formatted(
                                    providers.iterator().next(), String.join(" and ", providers)));
        }
        for (Key key : List.of(Keys.MODEL_KEY, Keys.MODEL_KEY_FILE, Keys.MODEL_KEY_SECRET)) {
            if (servers.size() > 1 && setting(key).plain().isPresent()) {
                problems.add(
                        "%s: expected a key for each, such as %s=..., got one for %s"
                                .formatted(
                                        key.name(),
                                        providers.iterator().next(),
                                        String.join(" and ", servers)));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /// Absent for the provider's own.
    Optional<URI> url(Model model) {
        return setting(Keys.MODEL_URL).of(model.provider(), model.name()).map(URI::create);
    }

    /// The key from the settings, else from its file, else from its secret, else from the
    /// provider's usual variable.
    Optional<String> key(Model model) throws ModelException {
        Optional<String> given = value(Keys.MODEL_KEY, model);
        if (given.isPresent()) {
            return given;
        }
        Optional<String> file = value(Keys.MODEL_KEY_FILE, model);
        if (file.isPresent()) {
            return Optional.of(read(file.get()));
        }
        Optional<String> secret = value(Keys.MODEL_KEY_SECRET, model);
        if (secret.isPresent()) {
            return Optional.of(secrets.read(secret.get()));
        }
        return hasOwnUrl(model)
                ? Optional.empty()
                : Optional.ofNullable(environment.get(variable(model)))
                        .filter(text -> !text.isBlank());
    }

    String requireKey(Model model) throws ModelException {
        return key(model).orElseThrow(() -> noKey(model));
    }

    private Optional<String> value(Key key, Model model) {
        PerProvider setting = setting(key);
        return hasOwnUrl(model)
                ? setting.forModel(model.provider(), model.name()).or(setting::plain)
                : setting.of(model.provider(), model.name());
    }

    private boolean hasOwnUrl(Model model) {
        return setting(Keys.MODEL_URL).forModel(model.provider(), model.name()).isPresent();
    }

    private PerProvider setting(Key key) {
        return configuration.perProvider(key);
    }

    private static String variable(Model model) {
        return Optional.ofNullable(VARIABLES.get(model.provider())).orElseThrow();
    }

    private static String read(String file) {
        String got;
        try {
            String key = Files.readString(Path.of(file)).strip();
            if (!key.isEmpty()) {
                return key;
            }
            got = "an empty one";
        } catch (IOException | InvalidPathException wrong) {
            got = wrong.getClass().getSimpleName();
        }
        throw new ConfigurationException(
                List.of(
                        "model-key-file: expected a file with the key at %s, got %s"
                                .formatted(file, got)));
    }

    private ConfigurationException noKey(Model model) {
        String last =
                hasOwnUrl(model)
                        ? "all for %s:%s".formatted(model.provider(), model.name())
                        : "or in " + variable(model);
        return new ConfigurationException(
                List.of(
                        "model-key: expected a key for %s in the setting model-key, in a file named by model-key-file, in an AWS secret named by model-key-secret, %s, got none"
                                .formatted(model.provider(), last)));
    }
}
