package aiv1.cli.lab;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The example codecs that the program carries with it: one hybrid codec, written twice, with the
/// same bitstreams.
public final class ExampleCodecs {
    private ExampleCodecs() {}

    public static Candidate motionInC() {
        return read("motion-dct-c", List.of(Part.ENCODER_C, Part.DECODER_C, Part.COMMON_H));
    }

    public static Candidate motionInNumba() {
        return read("motion-dct-numba", List.of(Part.ENCODER, Part.DECODER, Part.COMMON));
    }

    private static Candidate read(String folder, List<Part> parts) {
        Map<Part, String> sources = new EnumMap<>(Part.class);
        for (Part part : parts) {
            String name = "/aiv1/cli/examples/" + folder + "/" + part.fileName();
            try (InputStream source =
                    Objects.requireNonNull(ExampleCodecs.class.getResourceAsStream(name), name)) {
                sources.put(part, new String(source.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + name, e);
            }
        }
        return new Candidate(sources, Contract.NATIVE);
    }
}
