package aiv1.cli.config;

import aiv1.cli.config.Key.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The settings as resolved: a flag wins over the environment, that over the file, that over the
/// fallback.
///
/// Every value is checked when it is resolved, and every problem is reported together; what can be
/// asked for afterwards is sound.
public final class Configuration {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)|0");

    private final Map<Key, Resolved> values;

    private Configuration(Map<Key, Resolved> values) {
        this.values = Map.copyOf(values);
    }

    /// A value and where it came from, such as "flag --seed" or "environment AIV1_SEED".
    public record Resolved(String value, String source) {}

    /// `flags` are by key name, without dashes in front; `fallbacks` replace those of the keys
    /// where the machine decides.
    public static Configuration resolve(
            List<Key> keys,
            Map<String, String> flags,
            Map<String, String> environment,
            ConfigFile file,
            Map<Key, String> fallbacks) {
        List<String> problems = new ArrayList<>(file.unknownKeyProblems(keys));
        Map<Key, Resolved> values = new LinkedHashMap<>();
        for (Key key : keys) {
            Resolved resolved = pick(key, flags, environment, file, fallbacks);
            problemOf(key, resolved).ifPresent(problems::add);
            values.put(key, resolved);
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Configuration(values);
    }

    public String text(Key key) {
        return resolved(key).value();
    }

    public Path path(Key key) {
        return Path.of(text(key)).toAbsolutePath().normalize();
    }

    public List<String> names(Key key) {
        return split(text(key));
    }

    /// The value of a setting that may be left open.
    public Optional<String> optional(Key key) {
        return Optional.of(text(key)).filter(value -> !value.isBlank());
    }

    /// The value of a setting that may differ from provider to provider.
    public PerProvider perProvider(Key key) {
        return PerProvider.parse(text(key)).orElseThrow();
    }

    public long whole(Key key) {
        return Long.parseLong(text(key));
    }

    /// The amount of a setting that may be left open.
    public OptionalDouble amount(Key key) {
        return optional(key).stream().mapToDouble(Double::parseDouble).findFirst();
    }

    /// The count of a setting that may be left open.
    public OptionalLong count(Key key) {
        return optional(key).stream().mapToLong(Long::parseLong).findFirst();
    }

    public int positive(Key key) {
        return Integer.parseInt(text(key));
    }

    public Duration duration(Key key) {
        return parseDuration(text(key)).orElseThrow();
    }

    /// The value as it may be shown: a secret is masked.
    public Resolved shown(Key key) {
        Resolved resolved = resolved(key);
        return key.isSecret() && !resolved.value().isEmpty()
                ? new Resolved("********", resolved.source())
                : resolved;
    }

    private Resolved resolved(Key key) {
        return Optional.ofNullable(values.get(key)).orElseThrow();
    }

    private static Resolved pick(
            Key key,
            Map<String, String> flags,
            Map<String, String> environment,
            ConfigFile file,
            Map<Key, String> fallbacks) {
        Optional<String> flag = Optional.ofNullable(flags.get(key.name()));
        if (flag.isPresent()) {
            return new Resolved(flag.get(), "flag --" + key.name());
        }
        Optional<String> variable = Optional.ofNullable(environment.get(key.environmentName()));
        if (variable.isPresent()) {
            return new Resolved(variable.get(), "environment " + key.environmentName());
        }
        Optional<String> written = file.find(key);
        if (written.isPresent()) {
            return new Resolved(written.get(), "file " + file.name());
        }
        return new Resolved(fallbacks.getOrDefault(key, key.fallback()), "default");
    }

    private static Optional<String> problemOf(Key key, Resolved resolved) {
        String value = resolved.value();
        if (isSound(key.kind(), value)) {
            return Optional.empty();
        }
        String got = key.isSecret() ? "something else" : "'" + value + "'";
        return Optional.of(
                "%s (%s): expected %s, got %s"
                        .formatted(key.name(), resolved.source(), key.kind().expectation(), got));
    }

    private static boolean isSound(Kind kind, String value) {
        return switch (kind) {
            case TEXT -> !value.isBlank();
            case NAMES -> !split(value).isEmpty();
            case WHOLE -> value.matches("-?\\d{1,18}");
            case POSITIVE -> value.matches("[1-9]\\d{0,8}");
            case DURATION -> parseDuration(value).isPresent();
            case SHARE -> value.matches("0|1|[01]\\.0+|0\\.\\d{1,6}");
            case PATH -> isPath(value);
            case OPTIONAL -> true;
            case AMOUNT -> value.isEmpty() || value.matches("(?=.*[1-9])\\d{1,9}(\\.\\d{1,6})?");
            case COUNT -> value.isEmpty() || value.matches("[1-9]\\d{0,17}");
            case ADDRESSES -> areAddresses(value);
            case KEYS -> areKeys(value);
        };
    }

    private static boolean areAddresses(String value) {
        return PerProvider.parse(value)
                .filter(
                        urls ->
                                Stream.concat(urls.plain().stream(), urls.named().values().stream())
                                        .allMatch(Configuration::isAddress))
                .isPresent();
    }

    private static boolean isAddress(String url) {
        try {
            URI address = new URI(url);
            return String.valueOf(address.getScheme()).matches("https?")
                    && address.getHost() != null
                    && !url.contains(",");
        } catch (URISyntaxException none) {
            return false;
        }
    }

    /// Bedrock takes no key: its credentials are found as AWS's tools find them.
    private static boolean areKeys(String value) {
        return PerProvider.parse(value)
                .filter(
                        keys ->
                                keys.named().keySet().stream()
                                        .noneMatch(name -> name.startsWith("bedrock")))
                .isPresent();
    }

    private static boolean isPath(String value) {
        try {
            return !value.isBlank() && !Path.of(value).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Optional<Duration> parseDuration(String value) {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        if (value.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                });
    }

    private static List<String> split(String value) {
        return Pattern.compile(",")
                .splitAsStream(value)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
