package aiv1.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files as the tools of those who use them read them, where this machine has the tools. None
/// of this asks a server.
class ToolsTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "direct", "nodes"})
    void kustomize_puts_together_what_the_tests_read(String name) throws Exception {
        Path source = Deployment.FOLDER.resolve("kubernetes").resolve(name);
        if (said("kubectl", "version", "--client").isEmpty()) {
            System.err.println("deploy: no kubectl: kustomize does not read the manifests here");
            return;
        }
        String built = said("kubectl", "kustomize", source.toString()).orElse("nothing");
        Path file = Files.writeString(folder.resolve("all.yaml"), built);
        List<String> kinds =
                Deployment.yaml(file).stream().map(one -> one.path("kind").asString()).toList();
        assertThat(kinds)
                .hasSize(Manifests.of(name).objects().size() + (name.equals("nodes") ? 1 : 0));
        assertThat(built).contains("image: registry.example.com/aiv1:latest");
    }

    @Test
    void docker_compose_reads_the_compose_file() throws Exception {
        String file = Deployment.FOLDER.resolve("compose/compose.yaml").toString();
        if (said("docker", "compose", "version").isEmpty()) {
            System.err.println("deploy: no docker compose: it does not read the compose file here");
            return;
        }
        assertThat(said("docker", "compose", "--file", file, "config", "--services"))
                .hasValueSatisfying(
                        services ->
                                assertThat(services.lines())
                                        .contains("server", "worker", "orchestrator", "page"));
    }

    /// Standard output; empty where there is no such tool, or it does not know the command.
    private static Optional<String> said(String... words) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(words)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
