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
/// where `common_code` may be absent. Parts in C are `encoding_c`, `decoding_c` and `common_h`,
/// each in place of its neighbour in Python. Other fields are ignored, as records of earlier
/// systems have many.
public final class CandidateJson {
    private CandidateJson() {}

    public static ObjectNode write(Candidate candidate) {
        ObjectNode object = Json.object();
        for (Part part : Part.values()) {
            candidate.source(part).ifPresent(text -> object.put(key(part), text));
        }
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
        for (Part part : Part.values()) {
            if (!fields.isAbsent(key(part)) || isMissed(fields, part)) {
                sources.put(part, source(fields, part));
            }
        }
        return fields.build(() -> new Candidate(sources, contract));
    }

    private static String key(Part part) {
        return switch (part) {
            case ENCODER -> "encoding_code";
            case DECODER -> "decoding_code";
            case COMMON -> "common_code";
            case ENCODER_C -> "encoding_c";
            case DECODER_C -> "decoding_c";
            case COMMON_H -> "common_h";
        };
    }

    /// An encoder or decoder in neither language is told of as one in Python.
    private static boolean isMissed(JsonFields fields, Part part) {
        return switch (part) {
            case ENCODER -> fields.isAbsent(key(Part.ENCODER_C));
            case DECODER -> fields.isAbsent(key(Part.DECODER_C));
            case COMMON, ENCODER_C, DECODER_C, COMMON_H -> false;
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
