package aiv1.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a deployment comes to, as it was when somebody last looked: `deploy/snapshots`. With
/// `-Dsnapshots=update` they are written anew, for a reviewer to read as a difference.
final class Snapshot {
    private Snapshot() {}

    static void require(String name, List<String> lines) {
        Path file = Deployment.FOLDER.resolve("snapshots").resolve(name);
        String text = String.join("\n", lines) + "\n";
        if ("update".equals(System.getProperty("snapshots"))) {
            try {
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(file.toString(), e);
            }
        }
        assertThat(text)
                .as("%s; if that is meant: mvn -Dsnapshots=update, and read the difference", file)
                .isEqualTo(Deployment.text(file));
    }
}
