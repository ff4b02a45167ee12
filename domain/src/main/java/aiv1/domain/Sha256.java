package aiv1.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// SHA-256 in lower-case hexadecimal, the name of everything that is named by its content.
public final class Sha256 {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private Sha256() {}

    /// The digest of `bytes` as 64 lower-case hexadecimal digits.
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /// The digest of the UTF-8 form of `text`.
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A new digest for input that arrives in pieces; finish it with [#hex].
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /// Finishes `digest` and gives its value as 64 lower-case hexadecimal digits.
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Throws unless `text` is 64 lower-case hexadecimal digits; `what` names it in the message.
    public static String require(String what, String text) {
        if (!HEX.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    what + ": expected 64 lower-case hexadecimal digits, got '" + text + "'");
        }
        return text;
    }
}
