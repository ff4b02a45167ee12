package aiv1.media;

import aiv1.domain.LabFaultException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// All anchors, weakest first: the ladder on which a codec has its place.
public record AnchorCatalogue(List<Anchor> anchors) {
    private static final String SCHEMA = "anchors/1";

    public AnchorCatalogue {
        anchors = List.copyOf(anchors);
    }

    private record Resource(String schema, List<Anchor> anchors) {}

    public static AnchorCatalogue bundled() {
        try (InputStream in = AnchorCatalogue.class.getResourceAsStream("anchors.json")) {
            if (in == null) {
                throw new LabFaultException("the build lacks the resource anchors.json");
            }
            Resource resource = Json.MAPPER.readValue(in, Resource.class);
            if (!resource.schema().equals(SCHEMA)) {
                throw new LabFaultException(
                        "anchors.json: expected schema %s, got %s"
                                .formatted(SCHEMA, resource.schema()));
            }
            return new AnchorCatalogue(resource.anchors());
        } catch (IOException failure) {
            throw new LabFaultException("cannot read the list of anchors", failure);
        }
    }

    public Optional<Anchor> find(String name) {
        return anchors.stream().filter(anchor -> anchor.name().equals(name)).findFirst();
    }
}
