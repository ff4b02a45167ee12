package aiv1.proposer.reply;

import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.ContractRecognition;

/// What a source's top-level functions say of it, under any contract.
final class Functions {
    private static final String ANY_ENCODER =
            "def encode(clip, quality):\ndef run_encoding_agent(device):\n";
    private static final String ANY_DECODER = "def decode(bitstream):\n";

    private Functions() {}

    static boolean encodes(String source) {
        return ContractRecognition.recognise(source, ANY_DECODER).isPresent();
    }

    static boolean decodes(String source) {
        return ContractRecognition.recognise(ANY_ENCODER, source).isPresent();
    }

    static boolean isNativeCodec(String source) {
        return ContractRecognition.recognise(source, source)
                .filter(contract -> contract == Contract.NATIVE)
                .isPresent();
    }

    static boolean importsCommon(String source) {
        return ("\n" + source).contains("\nfrom common import ")
                || ("\n" + source).contains("\nimport common");
    }
}
