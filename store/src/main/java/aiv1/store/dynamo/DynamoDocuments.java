package aiv1.store.dynamo;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.store.StoreException;
import aiv1.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The JSON document of an item: in the item itself, or where it is long an artifact that the item
/// names.
record DynamoDocuments(String where, ArtifactStore artifacts) {
    /// DynamoDB takes items of 400 KB; a longer document becomes an artifact.
    static final int INLINE_BYTES_MAX = 256 << 10;

    private static final String DOCUMENT = "document";
    private static final String DOCUMENT_SHA256 = "document_sha256";

    /// Half a surrogate pair has no form in UTF-8 and becomes a question mark.
    Item write(Item item, JsonNode document) {
        byte[] bytes = Json.line(document).getBytes(StandardCharsets.UTF_8);
        return bytes.length <= INLINE_BYTES_MAX
                ? item.with(DOCUMENT, new String(bytes, StandardCharsets.UTF_8))
                : item.with(DOCUMENT_SHA256, artifacts.put(bytes).sha256());
    }

    JsonNode read(Item item) {
        return Json.parse(text(item), where);
    }

    /// As it was written, on one line.
    String text(Item item) {
        Optional<String> inline = item.find(DOCUMENT);
        if (inline.isPresent()) {
            return inline.get();
        }
        ArtifactId id = new ArtifactId(item.required(DOCUMENT_SHA256));
        byte[] bytes =
                artifacts
                        .find(id)
                        .orElseThrow(
                                () ->
                                        new StoreException(
                                                where + ": " + item.key().pk(),
                                                "artifact " + id.sha256(),
                                                "none"));
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
