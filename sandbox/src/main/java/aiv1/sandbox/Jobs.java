package aiv1.sandbox;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Part;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Jobs as the runner reads them: a list of named byte strings.
final class Jobs {
    private Jobs() {}

    /// A job that only names its stage, and perhaps a candidate.
    static Map<String, byte[]> ofStage(String stage, Map<Part, String> sources) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        fields.put("stage", ascii(stage));
        sources.forEach(
                (part, text) -> fields.put(part.label(), text.getBytes(StandardCharsets.UTF_8)));
        return fields;
    }

    static Map<String, byte[]> ofRun(String stage, CodecJob job) {
        Candidate candidate = job.candidate();
        Map<String, byte[]> fields = ofStage(stage, candidate.sources());
        fields.put("contract", ascii(candidate.contract().label()));
        fields.put("width", ascii(job.format().width()));
        fields.put("height", ascii(job.format().height()));
        fields.put("fps", ascii(job.format().frameRate()));
        fields.put("frame_count", ascii(job.frameCount()));
        fields.put("quality", ascii(job.quality()));
        fields.put("hash_seed", ascii(job.hashSeed()));
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
