package aiv1.domain.clip;

import aiv1.domain.Sha256;

/// The name of a clip: the SHA-256 of its canonical Y4M file, so that anyone can check it with
/// `sha256sum`.
public record ClipId(String sha256) {
    public ClipId {
        Sha256.require("clip id", sha256);
    }

    /// The first twelve digits, for people.
    public String abbreviated() {
        return sha256.substring(0, 12);
    }
}
