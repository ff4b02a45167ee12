package aiv1.proposer.reply;

import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.ContractRecognition;
import aiv1.domain.candidate.Part;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a source's top-level functions say of it, under any contract, and which parts it asks for.
final class Functions {
    private static final String ANY_ENCODER =
            "def encode(clip, quality):\ndef run_encoding_agent(device):\n";
    private static final String NATIVE_ENCODER = "def encode(clip, quality):\n";
    private static final String ANY_DECODER = "def decode(bitstream):\n";

    /// Parameters are bounded, so that hostile source costs no more than linear time.
    private static final String PARAMETERS_IN_C = "\\s{0,20}+\\([^;{]{0,400}+\\{";

    private static final Pattern ENCODE_IN_C =
            Pattern.compile("(?m)^int\\s{1,20}+encode" + PARAMETERS_IN_C);
    private static final Pattern DECODE_IN_C =
            Pattern.compile("(?m)^int\\s{1,20}+decode" + PARAMETERS_IN_C);
    private static final Pattern ENCODE_NAMED = Pattern.compile("\\bencode\\s{0,20}+\\(");
    private static final Pattern DECODE_NAMED = Pattern.compile("\\bdecode\\s{0,20}+\\(");
    private static final Pattern COMMON_INCLUDED =
            Pattern.compile("(?m)^[ \\t]*+#[ \\t]*+include[ \\t]*+[\"<]common\\.h[\">]");

    private Functions() {}

    static boolean encodes(String source) {
        return ContractRecognition.recognise(source, ANY_DECODER).isPresent();
    }

    static boolean decodes(String source) {
        return ContractRecognition.recognise(ANY_ENCODER, source).isPresent();
    }

    /// Whether it is C that defines `int encode(...)`; a prototype does not.
    static boolean encodesInC(String source) {
        return ENCODE_IN_C.matcher(source).find();
    }

    static boolean decodesInC(String source) {
        return DECODE_IN_C.matcher(source).find();
    }

    /// Whether it defines one of the functions in C, and none in Python.
    static boolean isC(String source) {
        return source.contains("code")
                && (encodesInC(source) || decodesInC(source))
                && !encodes(source)
                && !decodes(source);
    }

    /// Whether the source of `part` defines its function; an optional part needs none.
    static boolean define(Part part, String source) {
        return switch (part) {
            case ENCODER -> encodes(source);
            case DECODER -> decodes(source);
            case ENCODER_C -> encodesInC(source);
            case DECODER_C -> decodesInC(source);
            case COMMON, COMMON_H -> true;
        };
    }

    /// Whether the function that a part in C must define is so much as named in it.
    static boolean nameInC(Part part, String source) {
        return (part == Part.ENCODER_C ? ENCODE_NAMED : DECODE_NAMED).matcher(source).find();
    }

    static boolean isNativeCodec(String source) {
        return (encodesInC(source) && decodesInC(source))
                || ContractRecognition.recognise(source, source)
                        .filter(contract -> contract == Contract.NATIVE)
                        .isPresent();
    }

    /// The contract of a part in Python beside one in C; empty when its functions tell of none.
    static Optional<Contract> contractBesideC(Part part, String source) {
        return part == Part.ENCODER
                ? ContractRecognition.recognise(source, ANY_DECODER)
                : ContractRecognition.recognise(NATIVE_ENCODER, source);
    }

    /// Whether `source`, in the language of the `shared` part, imports or includes it.
    static boolean use(Part shared, String source) {
        return shared.isPython()
                ? ("\n" + source).contains("\nfrom common import ")
                        || ("\n" + source).contains("\nimport common")
                : COMMON_INCLUDED.matcher(source).find();
    }
}
