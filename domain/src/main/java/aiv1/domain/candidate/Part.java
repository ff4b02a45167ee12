package aiv1.domain.candidate;

/// One of the source files of a candidate. `COMMON` is optional, imported by both others, and
/// charged to the decoder.
public enum Part {
    ENCODER,
    DECODER,
    COMMON;

    /// The name in JSON, messages and prompts: `encoder`, `decoder`, `common`.
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// The file's name in a candidate folder, such as `encoder.py`.
    public String fileName() {
        return label() + ".py";
    }
}
