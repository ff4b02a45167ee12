package aiv1.domain.candidate;

/// One of the source files of a candidate, in Python or in C. `COMMON` and `COMMON_H` are optional,
/// imported or included by the parts of their language, and charged to the decoder.
///
/// The order is that of the canonical form: new parts come last, so that ids stay.
public enum Part {
    ENCODER("encoder", "encoder.py"),
    DECODER("decoder", "decoder.py"),
    COMMON("common", "common.py"),
    ENCODER_C("encoder.c", "encoder.c"),
    DECODER_C("decoder.c", "decoder.c"),
    COMMON_H("common.h", "common.h");

    private final String label;
    private final String fileName;

    Part(String label, String fileName) {
        this.label = label;
        this.fileName = fileName;
    }

    /// The name in JSON, messages and prompts: `encoder`, `decoder`, `common`, `encoder.c`, ...
    public String label() {
        return label;
    }

    /// The file's name in a candidate folder, such as `encoder.py`.
    public String fileName() {
        return fileName;
    }

    public boolean isPython() {
        return switch (this) {
            case ENCODER, DECODER, COMMON -> true;
            case ENCODER_C, DECODER_C, COMMON_H -> false;
        };
    }

    /// The optional part that encoder and decoder of this part's language share.
    public Part shared() {
        return isPython() ? COMMON : COMMON_H;
    }

    /// Whether this is such an optional part.
    public boolean isShared() {
        return this == shared();
    }

    /// The part that does the same in the other language: `encoder.c` for `encoder.py`.
    public Part inOtherLanguage() {
        return switch (this) {
            case ENCODER -> ENCODER_C;
            case DECODER -> DECODER_C;
            case COMMON -> COMMON_H;
            case ENCODER_C -> ENCODER;
            case DECODER_C -> DECODER;
            case COMMON_H -> COMMON;
        };
    }
}
