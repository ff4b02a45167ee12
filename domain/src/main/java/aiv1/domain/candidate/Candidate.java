package aiv1.domain.candidate;

import aiv1.domain.Sha256;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// A codec under test: the source of its parts, and the contract by which they are called.
///
/// The canonical form of a part has LF line ends and ends in one; the id hashes part names, sizes
/// and canonical text, so the same codec typed on another system is the same candidate. The
/// contract is not part of the id.
public record Candidate(Map<Part, String> sources, Contract contract) {
    /// A part's source may not be longer than this, in UTF-16 units.
    public static final int SOURCE_LENGTH_MAX = 4 << 20;

    public Candidate {
        EnumMap<Part, String> canonical = new EnumMap<>(Part.class);
        sources.forEach((part, text) -> canonical.put(part, canonicalText(part, text)));
        requireOne(canonical, Part.ENCODER, Part.ENCODER_C);
        requireOne(canonical, Part.DECODER, Part.DECODER_C);
        requireUsed(canonical, Part.COMMON, Part.ENCODER, Part.DECODER);
        requireUsed(canonical, Part.COMMON_H, Part.ENCODER_C, Part.DECODER_C);
        if (contract != Contract.NATIVE
                && (canonical.containsKey(Part.ENCODER_C)
                        || canonical.containsKey(Part.DECODER_C))) {
            throw new IllegalArgumentException(
                    "candidate: expected the native contract for parts in C, got "
                            + contract.label());
        }
        sources = Map.copyOf(canonical);
    }

    public CandidateId id() {
        StringBuilder canonical = new StringBuilder("candidate/1\n");
        for (Part part : Part.values()) {
            source(part)
                    .ifPresent(
                            text ->
                                    canonical
                                            .append(part.label())
                                            .append(' ')
                                            .append(text.length())
                                            .append('\n')
                                            .append(text));
        }
        return new CandidateId(Sha256.of(canonical.toString()));
    }

    public Optional<String> source(Part part) {
        return Optional.ofNullable(sources.get(part));
    }

    /// Which of the parts the encoder is: in Python or in C.
    public Part encoderPart() {
        return sources.containsKey(Part.ENCODER) ? Part.ENCODER : Part.ENCODER_C;
    }

    /// Which of the parts the decoder is: in Python or in C.
    public Part decoderPart() {
        return sources.containsKey(Part.DECODER) ? Part.DECODER : Part.DECODER_C;
    }

    public String encoder() {
        return source(encoderPart()).orElseThrow();
    }

    public String decoder() {
        return source(decoderPart()).orElseThrow();
    }

    /// All that the decoder needs, as one text: what its size is measured on.
    public String decoderWithCommon() {
        return decoder() + source(decoderPart().shared()).orElse("");
    }

    private static void requireOne(Map<Part, String> sources, Part python, Part c) {
        if (sources.containsKey(python) == sources.containsKey(c)) {
            throw new IllegalArgumentException(
                    "candidate: expected either %s or %s, got %s"
                            .formatted(
                                    python.fileName(),
                                    c.fileName(),
                                    sources.containsKey(c) ? "both" : "none"));
        }
    }

    private static void requireUsed(Map<Part, String> sources, Part shared, Part one, Part other) {
        if (sources.containsKey(shared)
                && !sources.containsKey(one)
                && !sources.containsKey(other)) {
            throw new IllegalArgumentException(
                    "candidate: expected %s or %s beside %s, got neither"
                            .formatted(one.fileName(), other.fileName(), shared.fileName()));
        }
    }

    private static String canonicalText(Part part, String text) {
        if (text.length() > SOURCE_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "%s: expected at most %d characters, got %d"
                            .formatted(part.fileName(), SOURCE_LENGTH_MAX, text.length()));
        }
        String unix = text.replace("\r\n", "\n").replace('\r', '\n');
        return unix.endsWith("\n") ? unix : unix + "\n";
    }
}
