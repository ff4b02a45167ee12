package aiv1.cli.config;

import java.util.Locale;

/// One setting: its name in the file and as a flag, what it may be, its value when nobody says, and
/// what it is for.
///
/// The environment variable is `AIV1_` and the name in capitals, dashes as underscores. A secret is
/// never shown.
public record Key(String name, Kind kind, String fallback, boolean isSecret, String meaning) {
    /// What a value may be, and how it is told in an error.
    public enum Kind {
        TEXT("a text"),
        SHARE("a share from 0 to 1, such as 0.1"),
        PATH("a path"),
        NAMES("names separated by commas"),
        WHOLE("a whole number"),
        POSITIVE("a whole number > 0"),
        DURATION("a time such as 500ms, 60s, 5m or 0"),
        /// The kinds below may also be empty: not set.
        OPTIONAL("a text"),
        AMOUNT("a number > 0 such as 2.50"),
        COUNT("a whole number > 0"),
        /// One for whoever is asked, or one for each; in the file also a mapping.
        ADDRESSES("http://HOST or https://HOST, or PROVIDER=URL for each of " + PerProvider.NAMES),
        KEYS("one for all, or PROVIDER=... for each of openai and anthropic");

        private final String expectation;

        Kind(String expectation) {
            this.expectation = expectation;
        }

        boolean isPerProvider() {
            return this == ADDRESSES || this == KEYS;
        }

        String expectation() {
            return expectation;
        }
    }

    public Key(String name, Kind kind, String fallback, String meaning) {
        this(name, kind, fallback, false, meaning);
    }

    public String environmentName() {
        return "AIV1_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
