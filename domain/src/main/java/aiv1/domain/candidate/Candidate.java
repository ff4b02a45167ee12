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
        for (Part needed : new Part[] {Part.ENCODER, Part.DECODER}) {
            if (!canonical.containsKey(needed)) {
                throw new IllegalArgumentException(
                        "candidate: expected " + needed.fileName() + ", got none");
            }
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

    public String encoder() {
        return source(Part.ENCODER).orElseThrow();
    }

    public String decoder() {
        return source(Part.DECODER).orElseThrow();
    }

    /// All that the decoder needs, as one text: what its size is measured on.
    public String decoderWithCommon() {
        return decoder() + source(Part.COMMON).orElse("");
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
