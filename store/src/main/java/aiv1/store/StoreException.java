package aiv1.store;

import aiv1.domain.LabFaultException;

/// Something kept that cannot be read or written: where it is, what was expected there, and what
/// was found.
public final class StoreException extends LabFaultException {
    private static final long serialVersionUID = 1;

    private final boolean isPassing;

    public StoreException(String where, String expected, String got) {
        super(message(where, expected, got));
        this.isPassing = false;
    }

    public StoreException(String where, String expected, String got, Throwable cause) {
        super(message(where, expected, got), cause);
        this.isPassing = false;
    }

    private StoreException(StoreException fault) {
        super(String.valueOf(fault.getMessage()), fault);
        this.isPassing = true;
    }

    /// The same fault as one that may pass by itself: the store is away, or has too much to do.
    public StoreException passing() {
        return new StoreException(this);
    }

    /// Whether it is worth waiting.
    public boolean isPassing() {
        return isPassing;
    }

    private static String message(String where, String expected, String got) {
        return where + ": expected " + expected + ", got " + got;
    }
}
