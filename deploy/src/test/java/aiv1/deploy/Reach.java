package aiv1.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Who may open a connection to whom, by the network policies
/// (https://kubernetes.io/docs/concepts/services-networking/network-policies/): a pod that a policy
/// selects for a direction may do there what some policy grants, any other everything.
final class Reach {
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private final List<JsonNode> policies;

    Reach(Manifests manifests) {
        this.policies = manifests.ofKind("NetworkPolicy").toList();
    }

    /// A pod by its labels; those of the lab's own namespace are subject to its policies.
    record Pod(String name, String namespace, Map<String, String> labels) {
        private boolean isOurs() {
            return namespace.equals("aiv1");
        }
    }

    /// Everybody of `pods` who may open `port` at whom, as `from -> to:port`.
    List<String> pairs(List<Pod> pods, List<Integer> ports) {
        List<String> pairs = new ArrayList<>();
        for (Pod to : pods) {
            for (Pod from : pods) {
                for (int port : ports) {
                    if (!from.equals(to) && mayConnect(from, to, port)) {
                        pairs.add("%s -> %s:%d".formatted(from.name(), to.name(), port));
                    }
                }
            }
        }
        return pairs;
    }

    boolean mayConnect(Pod from, Pod to, int port) {
        return isGranted(from, to, port, "Egress", "egress", "to")
                && isGranted(to, from, port, "Ingress", "ingress", "from");
    }

    private boolean isGranted(
            Pod subject, Pod other, int port, String type, String rules, String peers) {
        if (!subject.isOurs()) {
            return true;
        }
        List<JsonNode> selecting =
                policies.stream()
                        .filter(one -> selects(one.path("spec").path("podSelector"), subject))
                        .filter(
                                one ->
                                        Deployment.strings(one.path("spec").path("policyTypes"))
                                                .contains(type))
                        .toList();
        return selecting.isEmpty()
                || selecting.stream()
                        .flatMap(one -> one.path("spec").path(rules).valueStream())
                        .anyMatch(
                                rule ->
                                        hasPort(rule.path("ports"), port)
                                                && hasPeer(rule.path(peers), other));
    }

    private static boolean hasPort(JsonNode ports, int port) {
        return ports.isEmpty()
                || ports.valueStream()
                        .anyMatch(
                                one ->
                                        one.path("port").asInt() == port
                                                && one.path("protocol").asString().equals("TCP"));
    }

    /// An address block is none of the pods, whose addresses are private.
    private static boolean hasPeer(JsonNode peers, Pod other) {
        return peers.isEmpty()
                || peers.valueStream()
                        .anyMatch(
                                peer -> {
                                    if (peer.has("ipBlock")) {
                                        return false;
                                    }
                                    boolean isPlace =
                                            peer.has("namespaceSelector")
                                                    ? selects(
                                                            peer.path("namespaceSelector"),
                                                            Map.of(
                                                                    NAMESPACE_NAME,
                                                                    other.namespace()))
                                                    : other.isOurs();
                                    return isPlace && selects(peer.path("podSelector"), other);
                                });
    }

    private static boolean selects(JsonNode selector, Pod pod) {
        return selects(selector, pod.labels());
    }

    private static boolean selects(JsonNode selector, Map<String, String> labels) {
        Map<String, String> wanted = new TreeMap<>();
        selector.path("matchLabels")
                .forEachEntry((name, value) -> wanted.put(name, value.asString()));
        return labels.entrySet().containsAll(wanted.entrySet());
    }
}
