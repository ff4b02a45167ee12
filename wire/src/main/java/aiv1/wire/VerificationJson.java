package aiv1.wire;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RunResult;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A result with its bitstreams, as JSON, for somebody who shall measure it again: `order` is the
/// experiment, `result` what was said of it, `bitstreams` the bytes by their hashes, in Base64.
public record VerificationJson(ExperimentResult result, Map<ArtifactId, byte[]> bitstreams) {
    public VerificationJson {
        bitstreams = Map.copyOf(bitstreams);
    }

    /// Throws [IllegalArgumentException] for a bitstream that is not in the store.
    public static ObjectNode write(ExperimentResult result, ArtifactStore artifacts) {
        ObjectNode object = Json.object();
        object.set("order", ExperimentOrderJson.write(result.experiment()));
        object.set("result", ExperimentJson.write(result));
        ObjectNode bitstreams = object.putObject("bitstreams");
        for (RunResult run : result.runs()) {
            run.outcome()
                    .numbers()
                    .ifPresent(
                            numbers ->
                                    bitstreams.put(
                                            numbers.bitstream().sha256(),
                                            Base64.getEncoder()
                                                    .encodeToString(
                                                            found(
                                                                    numbers.bitstream(),
                                                                    artifacts))));
        }
        return object;
    }

    /// Throws [JsonFormatException] for anything that is wrong in it; each bitstream bears its
    /// name.
    public static VerificationJson read(JsonNode document) {
        JsonFields fields = JsonFields.of(document, "verification");
        Experiment experiment = ExperimentOrderJson.read(document.path("order"));
        ExperimentResult result =
                ExperimentJson.read(document.path("result"), experiment.proposal());
        Map<ArtifactId, byte[]> bitstreams = new HashMap<>();
        document.path("bitstreams")
                .propertyStream()
                .forEach(
                        entry -> {
                            ArtifactId id = fields.build(() -> new ArtifactId(entry.getKey()));
                            byte[] bytes =
                                    fields.build(
                                            () ->
                                                    Base64.getDecoder()
                                                            .decode(entry.getValue().asString("")));
                            if (!ArtifactId.of(bytes).equals(id)) {
                                throw fields.wrong("bitstreams", "bytes that bear their names");
                            }
                            bitstreams.put(id, bytes);
                        });
        return new VerificationJson(result, bitstreams);
    }

    /// Throws [IllegalArgumentException] for one that did not come along.
    public byte[] bitstream(ArtifactId id) {
        return Optional.ofNullable(bitstreams.get(id)).orElseThrow(() -> missing(id));
    }

    private static byte[] found(ArtifactId id, ArtifactStore artifacts) {
        return artifacts.find(id).orElseThrow(() -> missing(id));
    }

    private static IllegalArgumentException missing(ArtifactId id) {
        return new IllegalArgumentException(
                "bitstream %s: expected it, got none".formatted(id.sha256()));
    }
}
