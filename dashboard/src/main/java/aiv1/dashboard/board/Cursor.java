package aiv1.dashboard.board;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place in an ordered list: the key and position of the last entry seen. Its text says nothing
/// to others and is checked when it comes back.
public record Cursor(Selection.Order order, double key, long position) {
    private static final Pattern FORM =
            Pattern.compile("([A-Z_]{1,20}) (-?[0-9.E+-]{1,30}) (\\d{1,18})");

    static Cursor of(Selection.Order order, Entry entry) {
        return new Cursor(order, order.key(entry), entry.position());
    }

    /// Throws [IllegalArgumentException] for a text that is no cursor, or one of another order.
    public static Cursor parse(String text, Selection.Order order) {
        String plain;
        try {
            plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
        Matcher matcher = FORM.matcher(plain);
        if (!matcher.matches()) {
            throw wrong(null);
        }
        if (!matcher.group(1).equals(order.name())) {
            throw new IllegalArgumentException(
                    "cursor: expected one of the order %s, got one of another: leave it out to begin anew"
                            .formatted(order.label()));
        }
        try {
            return new Cursor(
                    order, Double.parseDouble(matcher.group(2)), Long.parseLong(matcher.group(3)));
        } catch (NumberFormatException e) {
            throw wrong(e);
        }
    }

    String text() {
        String plain = order.name() + " " + key + " " + position;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    boolean isBefore(Selection.Order asked, Entry entry) {
        double other = asked.key(entry);
        return key < other || (key == other && position < entry.position());
    }

    private static IllegalArgumentException wrong(
            @org.jspecify.annotations.Nullable Exception cause) {
        return new IllegalArgumentException(
                "cursor: expected the 'next' of an answer, got another text", cause);
    }
}
