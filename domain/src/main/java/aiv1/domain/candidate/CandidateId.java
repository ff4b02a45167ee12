package aiv1.domain.candidate;

import aiv1.domain.Sha256;

/// The name of a candidate: the SHA-256 of its canonical source.
public record CandidateId(String sha256) {
    public CandidateId {
        Sha256.require("candidate id", sha256);
    }

    /// The first twelve digits, for people.
    public String abbreviated() {
        return sha256.substring(0, 12);
    }
}
