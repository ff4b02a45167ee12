package aiv1.proposer.provider;

import java.util.List;
import java.util.Optional;

/// Texts that must never be shown: the key of a provider. Whoever gets hold of this can show it
/// without harm; only [#first] and [#reveal] give the text away.
final class Secret {
    static final String HIDDEN = "[key]";

    /// In characters. What is shorter guards nothing, and hiding it would garble every text that it
    /// happens to be in.
    static final int LENGTH_MIN = 8;

    private final List<String> parts;

    private Secret(List<String> parts) {
        this.parts = parts;
    }

    static Secret none() {
        return new Secret(List.of());
    }

    /// Blanks around a key, such as the line end of the file that it came from, are dropped.
    /// Refuses what no HTTP header can carry: the refusal of the HTTP client itself would quote it.
    /// Refuses what is too short to be hidden, so that whatever is sent as a key is hidden
    /// everywhere.
    static Secret of(String name, String... keys) {
        List<String> parts = List.of(keys).stream().map(String::strip).toList();
        for (String part : parts) {
            if (part.isEmpty() || part.chars().anyMatch(unit -> unit <= ' ' || unit > '~')) {
                throw new IllegalArgumentException(
                        name + ": expected visible ASCII characters, got something else or none");
            }
            if (part.length() < LENGTH_MIN) {
                throw new IllegalArgumentException(
                        "%s: expected at least %d characters, got %d: a shorter one cannot be hidden; leave it out where the server wants none"
                                .formatted(name, LENGTH_MIN, part.length()));
            }
        }
        return new Secret(parts);
    }

    /// The only one, or the first of several; absent where there is none.
    Optional<String> first() {
        return parts.stream().findFirst();
    }

    /// The one at this index.
    String reveal(int index) {
        return parts.get(index);
    }

    /// The text without these secrets: a server may send back what it was sent.
    String hideIn(String text) {
        String hidden = text;
        for (String part : parts) {
            hidden = hidden.replace(part, HIDDEN);
        }
        return hidden;
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
