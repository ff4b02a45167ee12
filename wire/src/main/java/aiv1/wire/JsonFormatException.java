package aiv1.wire;

/// A document that is not what it should be, with where it is wrong, what was expected there, and
/// what was found.
public final class JsonFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JsonFormatException(String where, String expected, String got) {
        super(message(where, expected, got));
    }

    public JsonFormatException(String where, String expected, String got, Throwable cause) {
        super(message(where, expected, got), cause);
    }

    private static String message(String where, String expected, String got) {
        return where + ": expected " + expected + ", got " + got;
    }
}
