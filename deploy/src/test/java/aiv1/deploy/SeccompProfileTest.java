package aiv1.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What containers of sandboxes may do beyond what every container may.
class SeccompProfileTest {
    private static final Path PROFILE = Deployment.FOLDER.resolve("seccomp.json");

    @Test
    void six_system_calls_are_added_to_dockers_own_profile_and_nothing_else() {
        ObjectNode profile = (ObjectNode) Deployment.json(PROFILE);
        ArrayNode rules = (ArrayNode) profile.path("syscalls");
        JsonNode added = rules.remove(rules.size() - 1);
        assertThat(Deployment.strings(added.path("names")))
                .isEqualTo(
                        List.of(
                                "clone",
                                "mount",
                                "pivot_root",
                                "sethostname",
                                "umount2",
                                "unshare"));
        assertThat(added.path("action").asString()).isEqualTo("SCMP_ACT_ALLOW");
        assertThat(profile)
                .isEqualTo(
                        Deployment.json(
                                Deployment.FOLDER.resolve("schemas/docker-default-seccomp.json")));
    }

    @Test
    void nodes_of_kubernetes_get_the_same() {
        assertThat(Deployment.text(Deployment.FOLDER.resolve("kubernetes/nodes/aiv1.json")))
                .isEqualTo(Deployment.text(PROFILE));
    }
}
