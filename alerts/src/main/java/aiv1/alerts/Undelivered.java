package aiv1.alerts;

/// Hears of alerts that could not be delivered. Called from the webhook's own thread.
@FunctionalInterface
public interface Undelivered {
    /// `why` names the host and the cause, never the rest of the URL, which may be a secret.
    void gaveUp(Alert alert, String why);
}
