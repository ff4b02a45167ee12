package aiv1.dashboard.http;

import io.helidon.webserver.http.ServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What is read from a request's path and query, each part within its limit; whatever is wrong is a
/// [Problem] that says what was expected.
final class Query {
    private static final int TEXT_LENGTH_MAX = 200;
    private static final int LIST_LENGTH_MAX = 20;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

    private final ServerRequest request;

    Query(ServerRequest request) {
        this.request = request;
    }

    /// Absent when it is not given, or empty.
    Optional<String> text(String name) {
        Optional<String> text =
                request.query().first(name).asOptional().filter(value -> !value.isEmpty());
        text.filter(value -> value.length() > TEXT_LENGTH_MAX)
                .ifPresent(
                        value -> {
                            throw Problem.badRequest(
                                    "%s: expected at most %d characters, got %d"
                                            .formatted(name, TEXT_LENGTH_MAX, value.length()));
                        });
        return text;
    }

    <T> Optional<T> value(String name, Function<String, T> constructor) {
        return text(name).map(text -> made(name, text, constructor));
    }

    <T> List<T> values(String name, Function<String, T> constructor) {
        List<String> texts = request.query().all(name, List::of);
        if (texts.size() > LIST_LENGTH_MAX) {
            throw Problem.badRequest(
                    "%s: expected at most %d of them, got %d"
                            .formatted(name, LIST_LENGTH_MAX, texts.size()));
        }
        return texts.stream().map(text -> made(name, text, constructor)).toList();
    }

    long number(String name, long absent, long max) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return absent;
        }
        long number = NUMBER.matcher(text.get()).matches() ? Long.parseLong(text.get()) : -1;
        if (number < 0 || number > max) {
            throw Problem.badRequest(
                    "%s: expected a whole number of 0 to %d, got '%s'"
                            .formatted(name, max, text.get()));
        }
        return number;
    }

    boolean flag(String name) {
        return text(name).filter(text -> text.equals("true") || text.equals("1")).isPresent();
    }

    /// One of an enum's values by its lower-case name.
    <E extends Enum<E>> E oneOf(String name, E[] values, E absent) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return absent;
        }
        return Arrays.stream(values)
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text.get()))
                .findFirst()
                .orElseThrow(
                        () ->
                                Problem.badRequest(
                                        "%s: expected one of %s, got '%s'"
                                                .formatted(
                                                        name,
                                                        Arrays.stream(values)
                                                                .map(
                                                                        value ->
                                                                                value.name()
                                                                                        .toLowerCase(
                                                                                                Locale
                                                                                                        .ROOT))
                                                                .toList(),
                                                        text.get())));
    }

    /// A parameter of the path, such as an id.
    <T> T path(String name, Function<String, T> constructor) {
        return made(name, request.path().pathParameters().get(name), constructor);
    }

    private static <T> T made(String name, String text, Function<String, T> constructor) {
        try {
            return constructor.apply(text);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(name + ": " + e.getMessage());
        }
    }
}
