package aiv1.proposer.provider;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Which secret holds a key, and where in it: `id` is a name or an ARN, `field` the member of the
/// JSON object that the secret is.
record SecretReference(String id, Optional<String> field) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern ARN =
            Pattern.compile("arn:[a-z-]+:secretsmanager:([a-z0-9-]{1,40}):\\d{12}:secret:.+");

    /// What a look into a secret gives: the key, or what is wrong, without a word of the secret but
    /// the names of its fields.
    record Found(Optional<String> key, String problem) {
        static Found key(String key) {
            String stripped = key.strip();
            return stripped.isEmpty()
                    ? problem("expected a key, got an empty text")
                    : new Found(Optional.of(stripped), "");
        }

        static Found problem(String problem) {
            return new Found(Optional.empty(), problem);
        }

        <X extends Exception> String orElseThrow(Function<String, X> failure) throws X {
            if (key.isPresent()) {
                return key.get();
            }
            throw failure.apply(problem);
        }
    }

    /// Throws [IllegalArgumentException] for what names no secret.
    static SecretReference parse(String text) {
        int hash = text.lastIndexOf('#');
        String id = (hash < 0 ? text : text.substring(0, hash)).strip();
        Optional<String> field =
                hash < 0 ? Optional.empty() : Optional.of(text.substring(hash + 1).strip());
        if (!id.matches("[A-Za-z0-9/_+=.@:-]{1,2048}")
                || field.filter(String::isEmpty).isPresent()) {
            throw new IllegalArgumentException(
                    "model-key-secret: expected NAME, NAME#FIELD or an ARN, got '%s'"
                            .formatted(text));
        }
        return new SecretReference(id, field);
    }

    /// An ARN says where its secret is.
    Optional<String> region() {
        Matcher arn = ARN.matcher(id);
        return arn.matches() ? Optional.of(arn.group(1)) : Optional.empty();
    }

    /// A secret is a plain text or, where it begins with a brace, a JSON object of texts; of an
    /// object with one member, that is the key.
    Found keyIn(String secret) {
        if (!secret.strip().startsWith("{")) {
            return field.isEmpty()
                    ? Found.key(secret)
                    : Found.problem(
                            "expected a JSON object with the field %s, got a plain text"
                                    .formatted(field.get()));
        }
        JsonNode object;
        try {
            object = JSON.readTree(secret);
        } catch (JacksonException garbled) {
            return Found.problem("expected a plain text or a JSON object, got broken JSON");
        }
        Collection<String> names = object.propertyNames();
        if (field.isEmpty() && names.size() != 1) {
            return Found.problem(
                    "expected NAME#FIELD for a JSON object, got no field: it has %s"
                            .formatted(list(names)));
        }
        String name = field.orElseGet(() -> names.iterator().next());
        JsonNode member = object.path(name);
        if (member.isMissingNode()) {
            return Found.problem(
                    "expected a field %s, got a JSON object with %s".formatted(name, list(names)));
        }
        return member.isString()
                ? Found.key(member.stringValue())
                : Found.problem(
                        "field %s: expected a text, got %s".formatted(name, member.getNodeType()));
    }

    private static String list(Collection<String> names) {
        return names.isEmpty() ? "no fields" : String.join(", ", names);
    }
}
