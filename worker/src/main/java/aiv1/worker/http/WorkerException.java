package aiv1.worker.http;

/// A worker that cannot start; the message says why.
public final class WorkerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public WorkerException(String message) {
        super(message);
    }
}
