package aiv1.cli.lab;

import aiv1.domain.Sha256;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Which build of the lab this is: its version, and the hash of the lab's own jars, so that two
/// builds of different sources never bear one name.
public final class Build {
    private static final String JAR = "aiv1.jar";
    private static final int HASH_LENGTH = 12;

    private Build() {}

    /// Such as `0.1.0+3f9c0a12b4de`; the hash is `classes` when the lab runs from folders of
    /// classes, as in tests.
    public static String id() {
        String version =
                Objects.requireNonNullElse(
                        Build.class.getPackage().getImplementationVersion(), "dev");
        return version + "+" + jar().map(Build::hashOfJars).orElse("classes");
    }

    private static Optional<Path> jar() {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.endsWith(JAR)) {
                return Optional.of(Path.of(entry).toAbsolutePath());
            }
        }
        return Optional.empty();
    }

    /// The lab's jars are the launcher's one and those in `lib` that carry its version: all others
    /// are somebody else's.
    private static String hashOfJars(Path jar) {
        MessageDigest digest = Sha256.digest();
        try {
            List<Path> own = new ArrayList<>();
            own.add(jar);
            try (Stream<Path> libraries = Files.list(jar.resolveSibling("lib"))) {
                libraries
                        .filter(file -> file.getFileName().toString().startsWith("aiv1."))
                        .sorted()
                        .forEach(own::add);
            }
            for (Path file : own) {
                digest.update(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("hashing the lab's jars beside " + jar, e);
        }
        return Sha256.hex(digest).substring(0, HASH_LENGTH);
    }
}
