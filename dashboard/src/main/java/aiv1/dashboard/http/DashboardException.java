package aiv1.dashboard.http;

/// The page cannot be served.
public final class DashboardException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DashboardException(String message, Throwable cause) {
        super(message, cause);
    }
}
