package aiv1.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Keys and certificates of a test's own, each `NAME.p12` in one folder, good for 127.0.0.1.
record Certificates(Path folder) {
    static final String PASSWORD = "not-a-secret";

    /// A key of its own for each name, and beside it a certificate that it signed itself.
    void make(String... names) throws IOException, InterruptedException {
        for (String name : names) {
            keytool(
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keystore",
                    name + ".p12",
                    "-dname",
                    "CN=" + name,
                    "-keyalg",
                    "EC",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-validity",
                    "2");
            keytool(
                    "-exportcert",
                    "-alias",
                    name,
                    "-keystore",
                    name + ".p12",
                    "-file",
                    name + ".crt");
        }
    }

    /// Makes `NAME-trust.p12`, which trusts `other` alone.
    void trust(String name, String other) throws IOException, InterruptedException {
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                other,
                "-file",
                other + ".crt",
                "-keystore",
                name + "-trust.p12");
    }

    /// A file of settings that names keys and trusted certificates, with `more` lines behind.
    String settings(String keys, String trust, String more) throws IOException {
        Path file = Files.createTempFile(folder, "settings", ".yaml");
        Files.writeString(
                file,
                "tls-keys: \"%s\"\ntls-trust: \"%s\"\ntls-password: \"%s\"\n%s"
                        .formatted(
                                folder.resolve(keys + ".p12"),
                                folder.resolve(trust + ".p12"),
                                PASSWORD,
                                more));
        return file.toString();
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(List.of(arguments));
        line.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
        Process process =
                new ProcessBuilder(line)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }
}
