package aiv1.cli.lab;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Key;
import aiv1.cli.config.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Keys and trusted certificates for HTTPS, from the files that the settings name.
public final class TlsFiles {
    private TlsFiles() {}

    /// Absent when the settings name none: then the machine's own certificates are trusted. Throws
    /// [ConfigurationException] for a file that cannot be used.
    public static Optional<SSLContext> open(Configuration configuration) {
        Optional<String> keys = configuration.optional(Keys.TLS_KEYS);
        Optional<String> trust = configuration.optional(Keys.TLS_TRUST);
        if (keys.isEmpty() && trust.isEmpty()) {
            return Optional.empty();
        }
        char[] password = configuration.optional(Keys.TLS_PASSWORD).orElse("").toCharArray();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys.isEmpty() ? null : keyManagers(keys.get(), password),
                    trust.isEmpty() ? null : trustManagers(trust.get(), password),
                    null);
            return Optional.of(context);
        } catch (GeneralSecurityException refused) {
            throw problem(Keys.TLS_KEYS, keys.orElse("none"), refused);
        }
    }

    private static KeyManager @Nullable [] keyManagers(String file, char[] password)
            throws GeneralSecurityException {
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store(Keys.TLS_KEYS, file, password), password);
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trustManagers(String file, char[] password)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store(Keys.TLS_TRUST, file, password));
        return factory.getTrustManagers();
    }

    private static KeyStore store(Key key, String file, char[] password) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            return store;
        } catch (IOException | GeneralSecurityException unusable) {
            throw problem(key, file, unusable);
        }
    }

    private static ConfigurationException problem(Key key, String file, Exception cause) {
        return new ConfigurationException(
                List.of(
                        "%s: expected a PKCS#12 file that tls-password opens, got %s: %s"
                                .formatted(key.name(), file, cause.getMessage())));
    }
}
