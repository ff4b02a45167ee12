package aiv1.media;

/// What a person handed in is not usable: a damaged file, an unknown format, a name that is taken.
/// The message says where, what was expected and what was got.
///
/// The lab's own faults are [aiv1.domain.LabFaultException].
public final class MediaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MediaException(String message) {
        super(message);
    }

    public MediaException(String message, Throwable cause) {
        super(message, cause);
    }
}
