package aiv1.wire;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A candidate as JSON, in the form of the seed documents: the source of each part as one text.
///
/// `{"encoding_code": "...", "decoding_code": "...", "common_code": "...", "contract": "native"}`,
/// where `common_code` may be absent. Other fields are ignored, as records of earlier systems have
/// many.
public final class CandidateJson {
    private CandidateJson() {}

    public static ObjectNode write(Candidate candidate) {
        ObjectNode object = Json.object();
        object.put(key(Part.ENCODER), candidate.encoder());
        object.put(key(Part.DECODER), candidate.decoder());
        candidate.source(Part.COMMON).ifPresent(text -> object.put(key(Part.COMMON), text));
        object.put("contract", candidate.contract().label());
        return object;
    }

    /// Reads a candidate whose document names its contract.
    public static Candidate read(JsonNode document) {
        JsonFields fields = JsonFields.of(document, "candidate");
        return read(document, fields.oneOf("contract", Contract.values(), Contract::label));
    }

    /// Reads a candidate under `contract`, whatever the document says or leaves out.
    public static Candidate read(JsonNode document, Contract contract) {
        JsonFields fields = JsonFields.of(document, "candidate");
        Map<Part, String> sources = new EnumMap<>(Part.class);
        sources.put(Part.ENCODER, source(fields, Part.ENCODER));
        sources.put(Part.DECODER, source(fields, Part.DECODER));
        if (!fields.isAbsent(key(Part.COMMON))) {
            sources.put(Part.COMMON, source(fields, Part.COMMON));
        }
        return fields.build(() -> new Candidate(sources, contract));
    }

    private static String key(Part part) {
        return switch (part) {
            case ENCODER -> "encoding_code";
            case DECODER -> "decoding_code";
            case COMMON -> "common_code";
        };
    }

    /// Half a surrogate pair has no UTF-8 form, so the file, its hash and this text would differ.
    private static String source(JsonFields fields, Part part) {
        String text = fields.text(key(part));
        if (text.codePoints().anyMatch(CandidateJson::isHalfPair)) {
            throw fields.wrong(key(part), "well-formed Unicode, no half of a surrogate pair");
        }
        return text;
    }

    private static boolean isHalfPair(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
