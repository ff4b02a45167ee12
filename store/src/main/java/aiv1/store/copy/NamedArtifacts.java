package aiv1.store.copy;

import aiv1.domain.ArtifactId;
import aiv1.domain.candidate.Proposal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The artifacts that a record names: in its document each is a text whose key ends in `_sha256`.
final class NamedArtifacts {
    private static final String SUFFIX = "_sha256";
    private static final int SHA256_LENGTH = 64;

    /// Hashes of what is stored only where somebody asked for it.
    private static final Set<String> OPTIONAL = Set.of("reconstruction" + SUFFIX);

    private NamedArtifacts() {}

    /// Each artifact with whether it must be there.
    static Map<ArtifactId, Boolean> in(JsonNode document) {
        Map<ArtifactId, Boolean> named = new LinkedHashMap<>();
        collect(document, named);
        return named;
    }

    /// The texts of a proposal.
    static Map<ArtifactId, Boolean> in(Proposal proposal) {
        Map<ArtifactId, Boolean> named = new LinkedHashMap<>();
        proposal.candidate().sources().values().forEach(text -> named.put(id(text), true));
        named.put(id(proposal.rationale()), true);
        return named;
    }

    private static ArtifactId id(String text) {
        return ArtifactId.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void collect(JsonNode node, Map<ArtifactId, Boolean> named) {
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            JsonNode value = property.getValue();
            if (property.getKey().endsWith(SUFFIX)
                    && value.isString()
                    && value.asString().length() == SHA256_LENGTH) {
                named.merge(
                        new ArtifactId(value.asString()),
                        !OPTIONAL.contains(property.getKey()),
                        Boolean::logicalOr);
            }
        }
        node.forEach(child -> collect(child, named));
    }
}
