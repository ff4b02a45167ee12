package aiv1.sandbox;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Part;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Jobs as the runner reads them: a list of named byte strings.
final class Jobs {
    private Jobs() {}

    /// A job that only names its stage, and perhaps a candidate.
    static Map<String, byte[]> ofStage(String stage, Map<Part, String> sources) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        fields.put("stage", ascii(stage));
        add(sources, "", fields);
        return fields;
    }

    private static void add(Map<Part, String> sources, String start, Map<String, byte[]> fields) {
        sources.forEach(
                (part, text) ->
                        fields.put(start + part.label(), text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Sources of several candidates, to be looked at one after the other.
    static Map<String, byte[]> ofScreening(List<Candidate> candidates) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        fields.put("stage", ascii("screen several"));
        fields.put("count", ascii(candidates.size()));
        for (int i = 0; i < candidates.size(); i++) {
            add(candidates.get(i).sources(), i + " ", fields);
        }
        return fields;
    }

    /// What an encoder is told: its own source, the clip's form, and the quality.
    static Map<String, byte[]> ofEncode(CodecJob job) {
        Map<String, byte[]> fields = ofRun("encode", job.candidate().encoderPart(), job);
        fields.put("quality", ascii(job.quality()));
        return fields;
    }

    /// What a decoder is told: its own source and the form its frames must have. Whatever else it
    /// needs must be in the bitstream: the process is searched by candidates for anything more.
    static Map<String, byte[]> ofDecode(CodecJob job) {
        return ofRun("decode", job.candidate().decoderPart(), job);
    }

    /// What the build of one part is told: its own source, and what it includes or imports.
    static Map<String, byte[]> ofBuild(Candidate candidate, Part part, boolean isCompiling) {
        Map<String, byte[]> fields =
                ofStage(isCompiling ? "compile" : "build", sources(candidate, part));
        fields.put("part", ascii(part.label()));
        return fields;
    }

    private static Map<Part, String> sources(Candidate candidate, Part part) {
        Map<Part, String> sources = new EnumMap<>(Part.class);
        for (Part wanted : new Part[] {part.shared(), part}) {
            candidate.source(wanted).ifPresent(text -> sources.put(wanted, text));
        }
        return sources;
    }

    private static Map<String, byte[]> ofRun(String stage, Part part, CodecJob job) {
        // A program in C holds its source already.
        Map<String, byte[]> fields =
                ofStage(stage, part.isPython() ? sources(job.candidate(), part) : Map.of());
        fields.put("part", ascii(part.label()));
        if (part.isPython() && job.isChecked()) {
            fields.put("checked", ascii("yes"));
        }
        fields.put("contract", ascii(job.candidate().contract().label()));
        fields.put("width", ascii(job.format().width()));
        fields.put("height", ascii(job.format().height()));
        fields.put("fps", ascii(job.format().frameRate()));
        fields.put("frame_count", ascii(job.frameCount()));
        return fields;
    }

    static void write(Map<String, byte[]> fields, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(fields.size());
        for (Map.Entry<String, byte[]> field : fields.entrySet()) {
            byte[] name = ascii(field.getKey());
            data.writeInt(name.length);
            data.write(name);
            data.writeLong(field.getValue().length);
            data.write(field.getValue());
        }
        data.flush();
    }

    private static byte[] ascii(Object value) {
        return value.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
