package aiv1.store;

/// An export that cannot be written where it was asked for, or a folder that is no export: where,
/// expected, got.
public final class ExportException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ExportException(String message) {
        super(message);
    }
}
