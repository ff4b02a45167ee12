package aiv1.domain;

/// The lab's own fault: a program that is missing, a full disk, a store that is down. Never a
/// candidate's.
public class LabFaultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LabFaultException(String message) {
        super(message);
    }

    public LabFaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
