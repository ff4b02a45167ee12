package aiv1.cli.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A setting for the providers of models: one value for whoever is asked (`plain`), or one for each
/// under its name, `PROVIDER` or `PROVIDER:MODEL`. Both may be absent, never are both there.
public record PerProvider(Optional<String> plain, Map<String, String> named) {
    static final String NAMES = "openai, anthropic, bedrock, or one of them with a model behind";
    private static final Pattern NAME =
            Pattern.compile("(?:openai|anthropic|bedrock)(?::[^=,\\s]+)?");
    private static final Pattern ENTRY = Pattern.compile("\\s*(" + NAME + ")=(.*)");

    public PerProvider {
        named = Map.copyOf(named);
    }

    /// Reads `VALUE`, or `NAME=VALUE` once for each, separated by commas; absent for what is
    /// neither.
    static Optional<PerProvider> parse(String text) {
        String[] parts = text.split(",", -1);
        Map<String, String> named = new LinkedHashMap<>();
        for (String part : parts) {
            Matcher entry = ENTRY.matcher(part);
            if (entry.matches()
                    && (entry.group(2).isBlank()
                            || named.put(entry.group(1), entry.group(2).strip()) != null)) {
                return Optional.empty();
            }
        }
        if (named.isEmpty()) {
            return Optional.of(
                    new PerProvider(
                            Optional.of(text.strip()).filter(value -> !value.isEmpty()), named));
        }
        return named.size() == parts.length
                ? Optional.of(new PerProvider(Optional.empty(), named))
                : Optional.empty();
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// The value that was given for this model alone.
    public Optional<String> forModel(String provider, String model) {
        return Optional.ofNullable(named.get(provider + ":" + model));
    }

    /// The value for this model: its own, else that of its provider, else the plain one.
    public Optional<String> of(String provider, String model) {
        return forModel(provider, model)
                .or(() -> Optional.ofNullable(named.get(provider)))
                .or(() -> plain);
    }

    /// Names only: the values may be keys.
    @Override
    public String toString() {
        return plain.isPresent() ? "one for all" : named.keySet().toString();
    }
}
