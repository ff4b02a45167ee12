package aiv1.store;

import aiv1.domain.LabFaultException;

/// Something kept that cannot be read or written: where it is, what was expected there, and what
/// was found.
public final class StoreException extends LabFaultException {
    private static final long serialVersionUID = 1;

    public StoreException(String where, String expected, String got) {
        super(message(where, expected, got));
    }

    public StoreException(String where, String expected, String got, Throwable cause) {
        super(message(where, expected, got), cause);
    }

    private static String message(String where, String expected, String got) {
        return where + ": expected " + expected + ", got " + got;
    }
}
