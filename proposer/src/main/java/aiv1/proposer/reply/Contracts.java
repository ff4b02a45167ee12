package aiv1.proposer.reply;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.ContractRecognition;
import aiv1.domain.candidate.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells the contract of a candidate: by its functions in Python, or native because a part is in C.
final class Contracts {
    private final Map<Part, String> sources;

    private Contracts(Map<Part, String> sources) {
        this.sources = sources;
    }

    /// Functions that tell of no contract are called as the parent's are.
    static Contract of(Map<Part, String> sources, Optional<Candidate> parent) throws Refused {
        Contracts contracts = new Contracts(sources);
        if (sources.containsKey(Part.ENCODER_C) || sources.containsKey(Part.DECODER_C)) {
            contracts.requireNative();
            return Contract.NATIVE;
        }
        return ContractRecognition.recognise(
                        contracts.source(Part.ENCODER), contracts.source(Part.DECODER))
                .or(() -> parent.map(Candidate::contract))
                .orElse(Contract.NATIVE);
    }

    private void requireNative() throws Refused {
        for (Part part : List.of(Part.ENCODER_C, Part.DECODER_C)) {
            if (sources.containsKey(part)) {
                requireFunction(part);
            }
        }
        for (Part part : List.of(Part.ENCODER, Part.DECODER)) {
            Contract contract =
                    Functions.contractBesideC(part, source(part)).orElse(Contract.NATIVE);
            if (contract != Contract.NATIVE) {
                throw new Refused(
                        part.fileName(),
                        "functions of the native contract, as beside a part in C",
                        "those of " + contract.label());
            }
        }
    }

    private void requireFunction(Part part) throws Refused {
        if (!Functions.nameInC(part, source(part) + source(Part.COMMON_H))) {
            throw new Refused(
                    "reply",
                    "the function int %s(...) in %s"
                            .formatted(
                                    part == Part.ENCODER_C ? "encode" : "decode", part.fileName()),
                    "a block named %s without it".formatted(part.fileName()));
        }
    }

    private String source(Part part) {
        return Optional.ofNullable(sources.get(part)).orElse("");
    }
}
