package aiv1.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The objects of one way to deploy on Kubernetes: those of its folder, and of the folder that it
/// builds upon.
record Manifests(String name, List<JsonNode> objects) {
    private static final Path FOLDER = Deployment.FOLDER.resolve("kubernetes");

    /// A container of a pod, with whom it belongs to.
    record Container(String workload, boolean isBefore, JsonNode pod, JsonNode node) {
        String name() {
            return node.path("name").asString();
        }

        boolean isLab() {
            return node.path("image").asString().equals("aiv1") && !node.has("command");
        }

        List<String> words() {
            return Deployment.strings(node.path("args"));
        }

        /// Variables with a value that is written out.
        Map<String, String> environment() {
            Map<String, String> variables = new HashMap<>();
            for (JsonNode variable : node.path("env")) {
                if (variable.has("value")) {
                    variables.put(
                            variable.path("name").asString(), variable.path("value").asString());
                }
            }
            return variables;
        }

        List<String> variableNames() {
            return node.path("env").valueStream().map(v -> v.path("name").asString()).toList();
        }
    }

    static Manifests of(String name) {
        List<JsonNode> objects = new ArrayList<>();
        collect(FOLDER.resolve(name), objects);
        return new Manifests(name, List.copyOf(objects));
    }

    private static void collect(Path folder, List<JsonNode> objects) {
        JsonNode listed = Deployment.yaml(folder.resolve("kustomization.yaml")).getFirst();
        for (String resource : Deployment.strings(listed.path("resources"))) {
            Path path = folder.resolve(resource).normalize();
            if (Files.isDirectory(path)) {
                collect(path, objects);
            } else {
                objects.addAll(Deployment.yaml(path));
            }
        }
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> object.path("kind").asString().equals(kind));
    }

    JsonNode named(String kind, String name) {
        return ofKind(kind)
                .filter(object -> object.path("metadata").path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// The templates of pods, by the workload's name.
    Map<String, JsonNode> pods() {
        Map<String, JsonNode> pods = new HashMap<>();
        for (JsonNode object : objects) {
            JsonNode template = object.path("spec").path("template");
            if (template.has("spec")) {
                pods.put(object.path("metadata").path("name").asString(), template);
            }
        }
        return pods;
    }

    List<Container> containers() {
        List<Container> containers = new ArrayList<>();
        pods().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        pod -> {
                            JsonNode spec = pod.getValue().path("spec");
                            for (JsonNode one : spec.path("initContainers")) {
                                containers.add(new Container(pod.getKey(), true, spec, one));
                            }
                            for (JsonNode one : spec.path("containers")) {
                                containers.add(new Container(pod.getKey(), false, spec, one));
                            }
                        });
        return containers;
    }

    /// What the map of settings holds.
    Optional<String> settings() {
        return ofKind("ConfigMap")
                .map(map -> map.path("data").path("settings.yaml").asString())
                .findFirst();
    }
}
