package aiv1.media;

import java.nio.charset.StandardCharsets;

/// Foreign text made safe to print in a message: short, on one line, without control characters.
final class Printable {
    private static final int LENGTH_MAX = 200;

    private Printable() {}

    static String of(String text) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LENGTH_MAX); i++) {
            char c = text.charAt(i);
            result.append(Character.isISOControl(c) ? '?' : c);
        }
        return text.length() > LENGTH_MAX ? result.append("...").toString() : result.toString();
    }

    static String of(byte[] bytes, int length) {
        return of(
                new String(bytes, 0, length, StandardCharsets.ISO_8859_1)
                        .replaceAll("[^ -~]", "?"));
    }

    /// Bytes as text, one character each.
    static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
