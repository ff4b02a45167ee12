package aiv1.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1DaemonSet;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The manifests for Kubernetes: by its own API's types, and by the program that they start.
class KubernetesTest {
    private static final List<Integer> PORTS = List.of(7233, 8080, 8081, 8090);
    private static final String APP = "app.kubernetes.io/name";

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "direct", "nodes"})
    void every_object_is_what_the_api_takes(String name) throws IOException {
        for (JsonNode object : Manifests.of(name).objects()) {
            validate(object);
        }
    }

    @Test
    void a_field_that_the_api_does_not_know_is_refused() {
        JsonNode workers = Manifests.of("cluster").named("Deployment", "workers");
        String wrong = workers.toString().replace("\"readinessProbe\"", "\"readynessProbe\"");
        assertThatThrownBy(() -> V1Deployment.validateJsonElement(JsonParser.parseString(wrong)))
                .hasMessageContaining("readynessProbe");
    }

    @Test
    void the_autoscaler_is_what_keda_takes_and_reads_what_the_program_counts() {
        Manifests manifests = Manifests.of("cluster");
        JsonNode scaled = manifests.named("ScaledObject", "workers");
        JsonNode definition =
                Deployment.yaml(Deployment.FOLDER.resolve("schemas/keda-scaledobjects.yaml"))
                        .getFirst();
        JsonNode schema =
                definition
                        .path("spec")
                        .path("versions")
                        .path(0)
                        .path("schema")
                        .path("openAPIV3Schema");
        JsonNode strict = Schemas.strict(schema.path("properties").path("spec"));
        assertThat(Schemas.problems(strict, scaled.path("spec"))).isEmpty();
        assertThat(
                        Schemas.problems(
                                strict,
                                Manifests.of("direct").named("Deployment", "workers").path("spec")))
                .isNotEmpty();
        manifests.named(
                "Deployment", scaled.path("spec").path("scaleTargetRef").path("name").asString());
        JsonNode trigger = scaled.path("spec").path("triggers").path(0).path("metadata");
        assertThat(trigger.path("url").asString())
                .isEqualTo(
                        "http://queue.aiv1.svc:%d/metrics"
                                .formatted(
                                        manifests
                                                .named("Service", "queue")
                                                .path("spec")
                                                .path("ports")
                                                .path(0)
                                                .path("port")
                                                .asInt()));
        // The measure's name stands in the command that gives it.
        assertThat(
                        Deployment.text(
                                Deployment.FOLDER.resolveSibling(
                                        "cli/src/main/java/aiv1/cli/command/QueueCommand.java")))
                .contains("\"" + trigger.path("valueLocation").asString() + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "direct"})
    void every_command_and_variable_is_one_of_the_program(String name) {
        List<String> problems = new ArrayList<>();
        for (Manifests.Container container : Manifests.of(name).containers()) {
            if (container.isLab()) {
                TheProgram.refusal(container.words()).ifPresent(problems::add);
            }
            problems.addAll(TheProgram.strangers(container.variableNames()));
        }
        assertThat(problems).isEmpty();
    }

    /// Requirement 13: the pods of a new deployment read what those before them read.
    @ParameterizedTest
    @ValueSource(strings = {"cluster", "direct"})
    void every_pod_has_its_settings_from_the_map_and_nowhere_else(String name) {
        Manifests manifests = Manifests.of(name);
        String settings = manifests.settings().orElseThrow();
        Map<String, String> expected = TheProgram.fromFile(settings, Map.of());
        assertThat(expected).containsEntry("experiments", "100").hasSizeGreaterThan(5);
        for (Manifests.Container container : manifests.containers()) {
            if (container.isLab()) {
                assertThat(container.environment())
                        .as(container.name())
                        .containsEntry("AIV1_CONFIG", "/etc/aiv1/settings.yaml");
                assertThat(TheProgram.fromFile(settings, container.environment()))
                        .as(container.name())
                        .isEqualTo(expected);
                assertThat(container.node().path("volumeMounts").toString())
                        .contains("{\"name\":\"settings\",\"mountPath\":\"/etc/aiv1\"");
            }
        }
    }

    /// Requirement 9: init containers that fail keep a pod from starting.
    @ParameterizedTest
    @ValueSource(strings = {"cluster", "direct"})
    void workers_and_campaign_start_behind_a_preflight(String name) {
        List<Manifests.Container> before =
                Manifests.of(name).containers().stream()
                        .filter(Manifests.Container::isBefore)
                        .toList();
        assertThat(before)
                .extracting(one -> one.workload() + ": " + String.join(" ", one.words()))
                .containsExactly(
                        "campaign: doctor",
                        name.equals("cluster")
                                ? "campaign: doctor --cluster temporal://server:7233/aiv1"
                                : "campaign: doctor --worker http://workers:8080",
                        "workers: doctor");
        for (Manifests.Container one : before) {
            Manifests.Container after =
                    Manifests.of(name).containers().stream()
                            .filter(other -> other.workload().equals(one.workload()))
                            .filter(other -> !other.isBefore())
                            .findFirst()
                            .orElseThrow();
            assertThat(one.node().path("securityContext"))
                    .isEqualTo(after.node().path("securityContext"));
        }
    }

    /// Requirement 24: with workers over HTTP only the campaign reaches them; with a server nobody
    /// does, and the server is reached by those who work with it.
    @Test
    void only_the_orchestrator_reaches_workers() {
        assertThat(reachable("cluster"))
                .containsExactlyInAnyOrder(
                        "worker -> server:7233",
                        "campaign -> server:7233",
                        "queue -> server:7233",
                        "keda -> queue:8081",
                        "keda -> page:8090",
                        "elsewhere -> page:8090");
        assertThat(reachable("direct"))
                .containsExactlyInAnyOrder(
                        "campaign -> worker:8080", "keda -> page:8090", "elsewhere -> page:8090");
        Manifests.Container worker =
                Manifests.of("direct").containers().stream()
                        .filter(one -> one.name().equals("worker"))
                        .findFirst()
                        .orElseThrow();
        assertThat(worker.node().path("env").toString())
                .contains("\"secretKeyRef\":{\"name\":\"worker\",\"key\":\"token\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "direct"})
    void pods_are_as_restricted_as_the_namespace_demands(String name) {
        Manifests manifests = Manifests.of(name);
        assertThat(manifests.named("Namespace", "aiv1").path("metadata").path("labels").toString())
                .contains("\"pod-security.kubernetes.io/enforce\":\"restricted\"");
        for (Manifests.Container one : manifests.containers()) {
            JsonNode pod = one.pod().path("securityContext");
            JsonNode own = one.node().path("securityContext");
            assertThat(pod.path("runAsNonRoot").asBoolean()).as(one.name()).isTrue();
            assertThat(pod.path("seccompProfile").path("type").asString())
                    .as(one.name())
                    .isIn("RuntimeDefault", "Localhost");
            assertThat(own.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(own.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(Deployment.strings(own.path("capabilities").path("drop")))
                    .containsExactly("ALL");
            assertThat(own.path("capabilities").has("add")).isFalse();
            assertThat(one.pod().path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(one.node().path("resources").path("limits").has("memory")).isTrue();
            for (JsonNode volume : one.pod().path("volumes")) {
                assertThat(volume.has("hostPath")).as(one.name()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "direct"})
    void what_serves_is_probed_at_a_port_that_it_has(String name) {
        for (Manifests.Container one : Manifests.of(name).containers()) {
            Set<String> ports =
                    one.node()
                            .path("ports")
                            .valueStream()
                            .map(port -> port.path("name").asString())
                            .collect(Collectors.toCollection(TreeSet::new));
            if (ports.isEmpty()) {
                continue;
            }
            for (String kind : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                JsonNode probe = one.node().path(kind);
                String port =
                        probe.path(probe.has("httpGet") ? "httpGet" : "tcpSocket")
                                .path("port")
                                .asString();
                assertThat(ports).as(one.name() + " " + kind).contains(port);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "direct"})
    void it_comes_to_what_was_last_looked_at(String name) {
        Manifests manifests = Manifests.of(name);
        List<String> lines = new ArrayList<>();
        for (JsonNode object : manifests.objects()) {
            lines.add(
                    object.path("kind").asString()
                            + " "
                            + object.path("metadata").path("name").asString());
        }
        for (Manifests.Container one : manifests.containers()) {
            lines.add(
                    "%s%s %s: %s %s"
                            .formatted(
                                    one.workload(),
                                    one.isBefore() ? ", before" : "",
                                    one.name(),
                                    one.node().path("image").asString(),
                                    String.join(" ", one.words())));
            lines.add("  seccomp " + one.pod().path("securityContext").path("seccompProfile"));
            lines.add("  variables " + one.node().path("env"));
            lines.add("  limits " + one.node().path("resources").path("limits"));
            lines.add("  mounts " + one.node().path("volumeMounts"));
        }
        lines.addAll(reachable(name));
        Snapshot.require("kubernetes-" + name + ".txt", lines);
    }

    private static List<String> reachable(String name) {
        List<Reach.Pod> pods = new ArrayList<>();
        Manifests manifests = Manifests.of(name);
        manifests.pods().values().stream()
                .map(pod -> pod.path("metadata").path("labels").path(APP).asString())
                .sorted()
                .forEach(app -> pods.add(new Reach.Pod(app, "aiv1", Map.of(APP, app))));
        pods.add(new Reach.Pod("stranger", "aiv1", Map.of()));
        pods.add(new Reach.Pod("keda", "keda", Map.of()));
        pods.add(new Reach.Pod("elsewhere", "default", Map.of(APP, "campaign")));
        return new Reach(manifests)
                .pairs(pods, PORTS).stream()
                        .filter(pair -> !pair.contains("-> keda:"))
                        .filter(pair -> !pair.contains("-> elsewhere:"))
                        .toList();
    }

    private static void validate(JsonNode object) throws IOException {
        JsonElement element = JsonParser.parseString(object.toString());
        switch (object.path("kind").asString()) {
            case "ConfigMap" -> V1ConfigMap.validateJsonElement(element);
            case "DaemonSet" -> V1DaemonSet.validateJsonElement(element);
            case "Deployment" -> V1Deployment.validateJsonElement(element);
            case "Job" -> V1Job.validateJsonElement(element);
            case "Namespace" -> V1Namespace.validateJsonElement(element);
            case "NetworkPolicy" -> V1NetworkPolicy.validateJsonElement(element);
            case "PersistentVolumeClaim" -> V1PersistentVolumeClaim.validateJsonElement(element);
            case "Service" -> V1Service.validateJsonElement(element);
            case "StatefulSet" -> V1StatefulSet.validateJsonElement(element);
            case "ScaledObject" ->
                    assertThat(object.path("apiVersion").asString()).isEqualTo("keda.sh/v1alpha1");
            default -> throw new AssertionError("of what kind is " + object);
        }
    }
}
