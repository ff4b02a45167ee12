package aiv1.domain;

/// The name of stored bytes: their SHA-256.
public record ArtifactId(String sha256) {
    public ArtifactId {
        Sha256.require("artifact id", sha256);
    }

    public static ArtifactId of(byte[] bytes) {
        return new ArtifactId(Sha256.of(bytes));
    }
}
