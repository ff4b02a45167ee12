package aiv1.cli.config;

import java.util.List;

/// Settings that cannot be used: every problem found, one line each.
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
