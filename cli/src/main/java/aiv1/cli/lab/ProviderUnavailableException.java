package aiv1.cli.lab;

/// A provider of models does not answer now, before anything was asked: later it may.
public final class ProviderUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ProviderUnavailableException(String message) {
        super(message);
    }
}
