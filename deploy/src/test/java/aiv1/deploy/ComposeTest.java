package aiv1.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The compose file: by its schema, and by the program that it starts.
class ComposeTest {
    private static final Path FOLDER = Deployment.FOLDER.resolve("compose");
    private static final String SERVER = "server";
    private static final Map<String, JsonNode> services = new TreeMap<>();
    private static JsonNode file;

    @BeforeAll
    static void read() {
        file = Deployment.yaml(FOLDER.resolve("compose.yaml")).getFirst();
        file.path("services").forEachEntry(services::put);
    }

    @Test
    void it_follows_the_specification() {
        ObjectNode schema =
                (ObjectNode)
                        Deployment.json(Deployment.FOLDER.resolve("schemas/compose-spec.json"));
        // No address, which the library demands of it.
        schema.remove("$id");
        assertThat(Schemas.problems(schema, file)).isEmpty();
        JsonNode wrong = Deployment.yaml(FOLDER.resolve("compose.yaml")).getFirst();
        ((ObjectNode) wrong.path("services").path("worker")).put("comand", "worker");
        assertThat(Schemas.problems(schema, wrong)).isNotEmpty();
    }

    @Test
    void every_command_and_variable_is_one_of_the_program() {
        List<String> problems = new ArrayList<>();
        services.forEach(
                (name, service) -> {
                    if (!name.equals(SERVER)) {
                        TheProgram.refusal(Deployment.strings(service.path("command")))
                                .ifPresent(problems::add);
                    }
                    problems.addAll(
                            TheProgram.strangers(
                                    Deployment.keys(service.path("environment")).toList()));
                });
        assertThat(problems).isEmpty();
        assertThat(TheProgram.refusal(List.of("worker", "--no-such-option"))).isPresent();
        assertThat(TheProgram.strangers(List.of("AIV1_NO_SUCH_SETTING"))).isNotEmpty();
    }

    /// Requirement 13: a container that is made anew reads what the one before it read.
    @Test
    void every_service_has_its_settings_from_the_file_and_nowhere_else() {
        String settings = Deployment.text(FOLDER.resolve("settings.yaml"));
        Map<String, String> expected = TheProgram.fromFile(settings, Map.of());
        assertThat(expected).containsEntry("cluster", "temporal://server:7233/aiv1").hasSize(8);
        services.forEach(
                (name, service) -> {
                    if (!name.equals(SERVER)) {
                        assertThat(service.path("configs").path(0).path("target").asString())
                                .as(name)
                                .isEqualTo("/etc/aiv1/settings.yaml");
                        Map<String, String> environment = new HashMap<>();
                        service.path("environment")
                                .forEachEntry(
                                        (key, value) -> environment.put(key, value.asString()));
                        assertThat(environment)
                                .as(name)
                                .containsEntry("AIV1_CONFIG", "/etc/aiv1/settings.yaml");
                        assertThat(TheProgram.fromFile(settings, environment))
                                .as(name)
                                .isEqualTo(expected);
                    }
                });
    }

    /// Requirement 9: nothing starts before what it needs was looked at, and found right.
    @Test
    void each_preflight_stands_before_what_it_is_for() {
        assertThat(Deployment.strings(services.get("preflight").path("command")))
                .containsExactly("doctor");
        assertThat(Deployment.strings(services.get("cluster-preflight").path("command")))
                .containsExactly("doctor", "--cluster", "temporal://server:7233/aiv1");
        assertThat(condition("worker", "preflight")).isEqualTo("service_completed_successfully");
        assertThat(condition("cluster-preflight", "worker")).isEqualTo("service_healthy");
        assertThat(condition("orchestrator", "cluster-preflight"))
                .isEqualTo("service_completed_successfully");
        // What looks at a machine sees what a worker there sees.
        for (String name : List.of("image", "user", "security_opt", "cap_drop", "read_only")) {
            assertThat(services.get("preflight").path(name))
                    .as(name)
                    .isEqualTo(services.get("worker").path(name));
        }
    }

    /// Requirement 24: workers and server are on a network without a way in or out, and publish
    /// nothing.
    @Test
    void nobody_outside_reaches_workers_or_server() {
        assertThat(file.path("networks").path("inside").path("internal").asBoolean()).isTrue();
        List<String> published =
                services.entrySet().stream()
                        .filter(one -> one.getValue().has("ports"))
                        .map(Map.Entry::getKey)
                        .toList();
        assertThat(published).containsExactly("page");
        for (String name : List.of("worker", SERVER)) {
            assertThat(Deployment.strings(services.get(name).path("networks")))
                    .containsExactly("inside");
        }
        assertThat(services.get("worker").path("environment").path("AIV1_PROBE").asString())
                .startsWith("127.0.0.1:");
        assertThat(Deployment.strings(services.get("page").path("networks")))
                .doesNotContain("inside");
    }

    @Test
    void nothing_is_privileged() {
        services.forEach(
                (name, service) -> {
                    assertThat(service.has("privileged")).as(name).isFalse();
                    assertThat(service.has("cap_add")).as(name).isFalse();
                    assertThat(service.path("user").asString()).as(name).isEqualTo("10001:10001");
                    assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
                    assertThat(Deployment.strings(service.path("cap_drop")))
                            .as(name)
                            .containsExactly("ALL");
                    assertThat(Deployment.strings(service.path("security_opt")))
                            .as(name)
                            .contains("no-new-privileges:true")
                            .noneMatch(option -> option.contains("seccomp=unconfined"));
                    assertThat(service.has("mem_limit")).as(name).isTrue();
                });
    }

    @Test
    void it_comes_to_what_was_last_looked_at() {
        List<String> lines = new ArrayList<>();
        services.forEach(
                (name, service) -> {
                    lines.add(name + ": " + service.path("image").asString());
                    for (String part :
                            List.of(
                                    "command",
                                    "environment",
                                    "security_opt",
                                    "networks",
                                    "ports",
                                    "volumes",
                                    "depends_on",
                                    "mem_limit",
                                    "restart")) {
                        if (service.has(part)) {
                            lines.add("  " + part + ": " + service.path(part));
                        }
                    }
                });
        Snapshot.require("compose.txt", lines);
    }

    private static String condition(String service, String needed) {
        return services.get(service).path("depends_on").path(needed).path("condition").asString();
    }
}
